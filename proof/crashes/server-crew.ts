import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { findFreePort } from '../../server/db/engine-postmaster.ts';
import type { Kept } from './keep-alive.ts';
import { keepAlive } from './keep-alive.ts';

/** One of the server processes: it has its port for good, and is started again whenever it ends. */
export interface CrewMember extends Kept {
  readonly port: number;
  /** The process that answers now; undefined from the moment in which it is killed until it is ready again. */
  readonly living: number | undefined;
  /** What it has written since it was last started. */
  output(): string;
  /** How often it was started and ended before it was ready, as where the database was just killed. */
  readonly vainStarts: number;
  /** How often it ended though nobody killed it, after it had been ready. */
  fallen(): readonly string[];
}

const MAIN = path.join(import.meta.dirname, '..', '..', 'server', 'main.ts');
const READY = 'is ready at';

/** Starts server processes on one database, with settings that they share. The first fills the demo before the others come. */
export async function startCrew(
  databaseUrls: readonly string[],
  { folder, env }: { folder: string; env: Readonly<Record<string, string>> },
): Promise<CrewMember[]> {
  const join = (url: string, index: number) =>
    startMember({ ...env, DATABASE_URL: url, NAMESAKE_DATA: path.join(folder, `server-${index}`) });
  const [url = '', ...others] = databaseUrls;
  const first = await join(url, 0);
  return [first, ...(await Promise.all(others.map((other, index) => join(other, index + 1))))];
}

/** A server process under supervision, with these settings. */
export async function startMember(env: Readonly<Record<string, string>>): Promise<CrewMember> {
  const port = await findFreePort();
  const texts: string[] = [];
  const falls: string[] = [];
  let wasKilled = false;
  let vainStarts = 0;
  const start = async () => {
    texts.length = 0;
    const child = launch({ ...env, NAMESAKE_PORT: String(port) }, texts);
    if (!(await isReady(child, texts))) {
      vainStarts += 1;
      return undefined;
    }
    wasKilled = false;
    child.once('exit', (code, signal) => {
      if (!wasKilled) falls.push(`ended by itself (${signal ?? code}): ${texts.join('').slice(-2000)}`);
    });
    return child;
  };
  const kept = await keepAlive(start).catch((error: unknown) => {
    throw new Error(`a server does not start: ${texts.join('')}`, { cause: error });
  });
  return {
    port,
    output: () => texts.join(''),
    fallen: () => falls,
    get vainStarts() {
      return vainStarts;
    },
    get pid() {
      return kept.pid;
    },
    get living() {
      return wasKilled ? undefined : kept.pid;
    },
    backAfter: kept.backAfter,
    ready: () => kept.ready(),
    kill() {
      wasKilled ||= kept.pid !== undefined;
      return kept.kill();
    },
    close() {
      wasKilled = true;
      return kept.close();
    },
  };
}

function launch(env: Readonly<Record<string, string>>, texts: string[]): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => texts.push(text));
  return child;
}

async function isReady(child: ChildProcess, texts: readonly string[]): Promise<boolean> {
  const ended = once(child, 'exit').then(() => false);
  for (;;) {
    if (texts.join('').includes(READY)) return true;
    const told = once(child.stdout ?? child, 'data').then(() => true);
    if (!(await Promise.race([told, ended]))) return false;
  }
}
