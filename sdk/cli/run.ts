import type { Namesake } from '../index.ts';
import { NamesakeError } from '../index.ts';
import { helpText } from './help.ts';
import type { LeaseCommand } from './lease.ts';
import { exportLease, fetchLease, importLease, importStatusList, requestLease } from './lease.ts';
import type { CommandLine } from './options.ts';
import { readCommandLine } from './options.ts';
import { printable } from './report.ts';
import type { Settings } from './settings.ts';
import { findSettings } from './settings.ts';
import { signIn, signOut } from './sign-in.ts';
import { status } from './status.ts';
import { why } from './why.ts';
import type { ExitCode, World } from './world.ts';
import { exitCodes, InputError } from './world.ts';

interface Called {
  readonly namesake: Namesake;
  readonly settings: Settings;
  readonly line: CommandLine;
  readonly world: World;
}

type Command = (called: Called, files: readonly string[]) => Promise<ExitCode>;

const carry =
  (command: (called: LeaseCommand) => Promise<ExitCode>): Command =>
  ({ namesake, settings, line, world }, files) =>
    command({ namesake, settings, world, files, trustKey: line.trustKey });

/** The commands by their words. */
const commands: Readonly<Record<string, Command>> = {
  'sign-in': ({ namesake, settings, world }) => signIn(namesake, settings, world),
  'sign-out': ({ namesake, world }) => signOut(namesake, world),
  status: ({ namesake, settings, line: { json }, world }) => status(namesake, settings, { json, world }),
  why: ({ namesake, settings, line: { json }, world }) => why(namesake, settings, { json, world }),
  'lease request': carry(requestLease),
  'lease fetch': carry(fetchLease),
  'lease import': carry(importLease),
  'lease export': carry(exportLease),
  'status-list import': carry(importStatusList),
};

/** Runs a command of `namesake`. Whatever goes wrong is told, with what to do. */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    const line = readCommandLine(args);
    if (line.help || line.words.length === 0) {
      world.print(helpText);
      return line.help ? exitCodes.done : exitCodes.wrongInput;
    }
    return await call(line, world);
  } catch (error) {
    return explain(error, world);
  }
}

async function call(line: CommandLine, world: World): Promise<ExitCode> {
  const { name, command, files } = findCommand(line.words);
  if (files.length > 0 && !name.includes(' '))
    throw new InputError(`${name} takes no further words: ${files.join(' ')}`);
  const settings = await findSettings(line, world);
  const namesake = open(settings, world);
  try {
    return await command({ namesake, settings, line, world }, files);
  } finally {
    namesake.close();
  }
}

function findCommand(words: readonly string[]): { name: string; command: Command; files: readonly string[] } {
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = commands[name];
    if (command !== undefined) return { name, command, files: words.slice(count) };
  }
  const near = Object.keys(commands).filter((name) => name.startsWith(`${words[0]} `));
  const hint =
    near.length > 0 ? `It goes: namesake ${near.join(', namesake ')}` : 'namesake --help lists what there is.';
  throw new InputError(`There is no command "${words.slice(0, 2).join(' ')}". ${hint}`);
}

function open({ options }: Settings, world: World): Namesake {
  try {
    return world.open(options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const text = error.message.replace('allowInsecure', '--allow-insecure');
    throw new InputError(text === 'Invalid URL' ? `${options.server} is no address: it begins with https://` : text);
  }
}

function explain(error: unknown, { complain, signal }: World): ExitCode {
  if (signal.aborted) return exitCodes.interrupted;
  if (error instanceof InputError) {
    complain(error.message);
    return exitCodes.wrongInput;
  }
  if (!(error instanceof NamesakeError)) throw error;
  const isUsed = error.problemCode === 'invalidDpopProof';
  const { text, code } = isUsed ? wornRequest : (endings[error.code] ?? { text: '', code: exitCodes.no });
  complain(printable([error.message, error.reason && `Reason: ${error.reason}.`, text].filter(Boolean).join(' ')));
  return code;
}

const wornRequest = { text: 'Make a new one: namesake lease request FILE', code: exitCodes.no };

const endings: Readonly<Partial<Record<NamesakeError['code'], { text: string; code: ExitCode }>>> = {
  notSignedIn: { text: 'Run: namesake sign-in', code: exitCodes.notSignedIn },
  unreachable: { text: 'Try again when there is a network.', code: exitCodes.noContact },
  unreadable: { text: '', code: exitCodes.wrongInput },
};
