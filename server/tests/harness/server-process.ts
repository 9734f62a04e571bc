import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../../contract/client.ts';
import { createClient } from '../../../contract/client.ts';
import { findFreePort } from '../../db/engine-postmaster.ts';
import { DEMO_PASSWORD } from '../../demo/people.ts';

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly output: () => string;
  /** A client that is signed in as one of the demo's people. */
  as(email: string): Promise<DemoClient>;
  /** Ends it like a power failure would. */
  kill(): Promise<void>;
  /** Ends it as an administrator does. */
  stop(): Promise<number | null>;
}

/** A data folder of a test's own, and servers that are started on it one after the other. */
export interface DataFolderRun {
  readonly dataFolder: string;
  start(env?: Record<string, string>): Promise<ServerProcess>;
  /** Starts a server that is expected to end by itself; answers its exit code and what it said. */
  refused(env?: Record<string, string>): Promise<{ code: number | null; output: string }>;
  /** Ends whatever a failed test has left running. */
  killAll(): Promise<void>;
  /** The process id of the embedded engine. */
  enginePid(): Promise<number>;
  remove(): Promise<void>;
}

const MAIN = new URL('../../main.ts', import.meta.url).pathname;
const READY_MILLISECONDS = 60_000;

export async function createDataFolderRun(): Promise<DataFolderRun> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'namesake-server-'));
  const running = new Set<ChildProcess>();
  const launch = async (env: Record<string, string>) => {
    const launched = await launchServer({ NAMESAKE_DATA: dataFolder, ...env });
    running.add(launched.child);
    launched.child.once('exit', () => running.delete(launched.child));
    return launched;
  };
  const killAll = async () => {
    await Promise.all([...running].map((child) => end(child, 'SIGKILL')));
  };
  return {
    dataFolder,
    start: async (env = {}) => whenReady(await launch(env)),
    async refused(env = {}) {
      const { child, output } = await launch(env);
      const [code] = await once(child, 'exit');
      return { code, output: output() };
    },
    async enginePid() {
      const text = await readFile(path.join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8');
      return Number(text.split('\n')[0]);
    },
    killAll,
    async remove() {
      await killAll();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/**
 * Starts the server as a process of its own, with the settings given and a free port unless one is named.
 *
 * @throws Error with what it said, where it does not get ready; it is ended then.
 */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const launched = await launchServer(env);
  return whenReady(launched).catch(async (error: unknown) => {
    await end(launched.child, 'SIGKILL');
    throw error;
  });
}

interface Launched {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
}

async function launchServer(env: Record<string, string>): Promise<Launched> {
  const port = env.NAMESAKE_PORT ?? String(await findFreePort());
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...inherited, ...env, NAMESAKE_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => texts.push(text));
  return { child, url: `http://localhost:${port}`, output: () => texts.join('') };
}

async function whenReady({ child, url, output }: Launched): Promise<ServerProcess> {
  await ready(child, output);
  return {
    url,
    pid: child.pid ?? 0,
    output,
    as: (email) => signIn(url, email),
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_MILLISECONDS;
  while (!output().includes('is ready at')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${output()}`);
    await delay(20);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

/** Somebody of the demo who is signed in, and the cookie that says so. */
export type DemoClient = Client & { readonly cookie: string };

/** Signs somebody of the demo in, at whatever address leads to its server. */
export async function signIn(url: string, email: string): Promise<DemoClient> {
  const response = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ');
  if (!cookie) throw new Error(`${email} was not signed in: ${await response.text()}`);
  return { ...createClient({ baseUrl: url, headers: () => ({ cookie }) }), cookie };
}
