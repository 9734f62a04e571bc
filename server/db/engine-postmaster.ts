import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineBinaries } from './engine-binaries.ts';
import type { Cluster } from './engine-cluster.ts';
import { EngineError } from './engine-error.ts';
import type { EngineRunner } from './engine-runner.ts';

/** PostgreSQL's main process, started by us. */
export type Postmaster = { pid: number; port: number; exited: Promise<void>; stop(): Promise<void> };

/** PostgreSQL ended before it was ready. */
export class EngineFailed extends EngineError {
  override readonly name = 'EngineFailed';
}

export type LaunchOptions = { binaries: EngineBinaries; runner: EngineRunner; durable: boolean; port: number };

const LOG_BYTES_LIMIT = 8 * 1024 * 1024;
const FAST_STOP_MILLISECONDS = 20_000;

/** @throws EngineFailed, with the last lines of its log. */
export async function launchPostmaster(cluster: Cluster, options: LaunchOptions): Promise<Postmaster> {
  const { runner, binaries, durable, port } = options;
  const log = openLog(cluster.logFile);
  const [command = '', ...args] = [...runner.lasting, binaries.postgres, ...serverArguments(cluster, port, durable)];
  // Its own session: Ctrl-C must reach us alone, who stop it after the last request.
  const child = spawn(command, args, { cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stopAtOnce = () => child.kill('SIGINT');
  process.once('exit', stopAtOnce);
  void exited.then(() => process.removeListener('exit', stopAtOnce));
  await untilReady(cluster, child);
  child.unref(); // the engine alone keeps no process alive
  return { pid: child.pid ?? 0, port, exited, stop: () => stop(child, exited, durable) };
}

/** What PostgreSQL itself notes in its folder while it runs. */
export function readPostmasterFile(cluster: Cluster): { pid: number; port: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(path.join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/**
 * Stops a PostgreSQL that outlived its owner, and clears the note of one whose process id now means another program.
 * Callers own the data folder.
 */
export async function stopOrphan(cluster: Cluster): Promise<void> {
  const left = readPostmasterFile(cluster);
  if (!left || !isAlive(left.pid)) return;
  if (!runsOn(left.pid, cluster.folder)) {
    rmSync(path.join(cluster.folder, 'postmaster.pid'));
    return;
  }
  process.kill(left.pid, 'SIGINT');
  const deadline = Date.now() + FAST_STOP_MILLISECONDS;
  while (isAlive(left.pid)) {
    if (Date.now() > deadline) throw new EngineFailed(`An orphaned PostgreSQL, process ${left.pid}, does not stop.`);
    await delay(20);
  }
}

export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new EngineFailed('No free port on 127.0.0.1.');
  return address.port;
}

function serverArguments(cluster: Cluster, port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_checkpoints: 'off',
    max_connections: durable ? '100' : '200',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster.folder, '-p', String(port), ...flags];
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_BYTES_LIMIT) truncateSync(file);
  return openSync(file, 'a', 0o600);
}

async function untilReady(cluster: Cluster, child: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (;;) {
    if (failure || child.exitCode !== null || child.signalCode !== null) {
      const lines = readFileSync(cluster.logFile, 'utf8').trimEnd().split('\n').slice(-5);
      throw new EngineFailed(`PostgreSQL did not start: ${failure?.message ?? lines.join('\n')}`, { cause: failure });
    }
    const note = readPostmasterFile(cluster);
    if (note?.ready && note.pid === child.pid) return;
    await delay(5);
  }
}

async function stop(child: ChildProcess, exited: Promise<void>, durable: boolean): Promise<void> {
  child.ref();
  child.kill(durable ? 'SIGINT' : 'SIGQUIT');
  const impatience = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MILLISECONDS);
  await exited;
  clearTimeout(impatience);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function runsOn(pid: number, folder: string): boolean {
  return readCommandLine(pid).includes(` -D ${folder} `);
}

function readCommandLine(pid: number): string {
  if (!existsSync('/proc/self/cmdline')) {
    return spawnSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has just ended
  }
}
