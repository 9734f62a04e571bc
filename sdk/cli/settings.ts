import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamesakeOptions } from '../index.ts';
import type { CommandLine } from './options.ts';
import type { World } from './world.ts';
import { InputError } from './world.ts';

/** What is remembered between commands, so that it need not be typed again. */
export interface Remembered {
  readonly server?: string;
  readonly application?: string;
  readonly product?: string;
  readonly team?: string;
}

/** What a command works with: from its options, else from the environment, else as it was the last time. */
export interface Settings {
  readonly options: NamesakeOptions;
  readonly product: string | undefined;
  readonly team: string | undefined;
}

/** @throws InputError when nothing says which server or application. */
export async function findSettings(line: CommandLine, { env, folder, host }: World): Promise<Settings> {
  const before = await readRemembered(folder);
  const server = line.server || env.NAMESAKE_SERVER || before.server;
  const application = line.application || env.NAMESAKE_APPLICATION || before.application;
  if (server === undefined) throw missing('server', 'https://licences.example.com');
  if (application === undefined) throw missing('application', 'sketchpad');
  const trustedKeys = (env.NAMESAKE_TRUSTED_KEYS ?? '').split(/[\s,]+/).filter((key) => key !== '');
  return {
    options: {
      server,
      application,
      place: line.place || host,
      allowInsecure: line.allowInsecure,
      ...(trustedKeys.length > 0 && { trustedKeys }),
    },
    product: line.product || env.NAMESAKE_PRODUCT || before.product,
    team: line.team || env.NAMESAKE_TEAM || before.team,
  };
}

/** Remembers what a command worked with. */
export async function remember({ options, product, team }: Settings, { folder }: World): Promise<void> {
  const { server, application } = options;
  const remembered: Remembered = { server, application, ...(product && { product }), ...(team && { team }) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(fileIn(folder), `${JSON.stringify(remembered, undefined, 2)}\n`, { mode: 0o600 });
}

async function readRemembered(folder: string): Promise<Remembered> {
  try {
    const remembered = JSON.parse(await readFile(fileIn(folder), 'utf8'));
    const texts = Object.entries(remembered).filter(([, value]) => typeof value === 'string' && value !== '');
    return Object.fromEntries(texts);
  } catch {
    return {}; // there is none yet, or somebody has emptied it
  }
}

const fileIn = (folder: string): string => join(folder, 'command-line.json');

function missing(option: string, example: string): InputError {
  const variable = `NAMESAKE_${option.toUpperCase()}`;
  return new InputError(`Say which ${option}: --${option} ${example}, or ${variable} in the environment.`);
}
