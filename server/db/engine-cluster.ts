import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { EngineBinaries } from './engine-binaries.ts';
import { EngineError } from './engine-error.ts';
import type { EngineRunner } from './engine-runner.ts';
import { OF_ROOT } from './engine-runner.ts';

/** What one data folder holds of the engine: its files, its password, its log. */
export type Cluster = { folder: string; passwordFile: string; logFile: string };

/** The data was written by another major version of PostgreSQL than the one installed. */
export class EngineVersionMismatch extends EngineError {
  override readonly name = 'EngineVersionMismatch';

  constructor(folder: string, found: string, wanted: number) {
    super(`${folder} holds data of PostgreSQL ${found}, this is PostgreSQL ${wanted}.`);
  }
}

/** PostgreSQL works on its own user's files alone, and taking them over would shut out whoever they belong to. */
export class EngineOfAnotherUser extends EngineError {
  override readonly name = 'EngineOfAnotherUser';

  constructor(folder: string, owner: number) {
    super(`${folder} belongs to the user with id ${owner}. Run this as that user: sudo -u '#${owner}' ...`);
  }
}

export const ENGINE_USER = 'namesake';
export const ENGINE_DATABASE = 'namesake';
const UNFINISHED = 'postgres.unfinished-';

export function clusterIn(dataFolder: string): Cluster {
  const at = (name: string) => path.join(path.resolve(dataFolder), name);
  return { folder: at('postgres'), passwordFile: at('postgres.password'), logFile: at('postgres.log') };
}

export function readPassword(cluster: Cluster): string {
  return readFileSync(cluster.passwordFile, 'utf8').trim();
}

/**
 * Makes the files of the engine unless they are there. Callers own the data folder.
 *
 * The cluster is made under another name and renamed when complete and on disk, so that a kill in the middle leaves nothing half done.
 *
 * @throws EngineVersionMismatch, EngineOfAnotherUser
 */
export function ensureCluster(
  cluster: Cluster,
  { binaries, runner, durable }: { binaries: EngineBinaries; runner: EngineRunner; durable: boolean },
): void {
  const parent = path.dirname(cluster.folder);
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(UNFINISHED)) rmSync(path.join(parent, entry), { recursive: true });
  }
  if (existsSync(cluster.folder)) {
    refuseAnotherUser(cluster.folder, runner);
    checkVersion(cluster.folder, binaries.major);
    giveTo(cluster.folder, runner.owner);
    chmodSync(cluster.folder, 0o700); // a copy brought back may have lost that, and PostgreSQL insists
    return;
  }
  ensurePassword(cluster);
  const unfinished = path.join(parent, `${UNFINISHED}${randomBytes(6).toString('hex')}`);
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(unfinished, runner.owner);
  run([...runner.brief, binaries.initdb, ...initdbArguments(unfinished, cluster, binaries, durable)]);
  const noSync = durable ? [] : ['-c', 'fsync=off'];
  const single = [...runner.brief, binaries.postgres, '--single', ...noSync, '-D', unfinished, 'postgres'];
  run(single, `CREATE DATABASE ${ENGINE_DATABASE};\n`);
  renameSync(unfinished, cluster.folder);
  if (durable) syncFolder(parent);
}

function initdbArguments(folder: string, cluster: Cluster, binaries: EngineBinaries, durable: boolean): string[] {
  // One order of text on every system: by code point, with Unicode's own letter cases.
  const locale =
    binaries.major === 15
      ? ['--locale=C.UTF-8']
      : ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return [
    ...['-D', folder, '-U', ENGINE_USER, `--pwfile=${cluster.passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', ...locale, '--data-checksums'],
    ...(durable ? [] : ['--no-sync']),
  ];
}

function ensurePassword(cluster: Cluster): void {
  if (existsSync(cluster.passwordFile)) return;
  const draft = `${cluster.passwordFile}.draft`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, cluster.passwordFile);
}

function checkVersion(folder: string, wanted: number): void {
  const found = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(wanted)) throw new EngineVersionMismatch(folder, found, wanted);
}

function refuseAnotherUser(folder: string, runner: EngineRunner): void {
  const own = runner.name === 'user' ? [process.getuid?.()] : OF_ROOT;
  const { uid } = statSync(folder);
  // Windows knows no user ids.
  if (process.getuid && !own.includes(uid)) throw new EngineOfAnotherUser(folder, uid);
}

/** Files made by root in one way of running belong to another user id than in the other way. */
function giveTo(folder: string, owner: number | undefined): void {
  if (owner === undefined || statSync(folder).uid === owner) return;
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(path.join(folder, entry), owner, owner);
  }
  chownSync(folder, owner, owner);
}

function run([command = '', ...args]: string[], input?: string): void {
  const result = spawnSync(command, args, { input, cwd: '/', encoding: 'utf8' });
  if (result.error) throw new EngineError(`${command} cannot be run: ${result.error.message}`);
  if (result.status !== 0) throw new EngineError(`${path.basename(command)} failed: ${result.stderr || result.stdout}`);
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // folders can't be opened there
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
