import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EngineError } from './engine-error.ts';

/** Another process owns the data folder; it must end before this one can start. */
export class DataFolderInUse extends EngineError {
  override readonly name = 'DataFolderInUse';
  readonly folder: string;
  readonly pid: number | undefined;

  constructor(folder: string, pid: number | undefined) {
    super(
      `The data folder ${folder} is in use by process ${pid ?? 'unknown'}. Stop that one first, or name another folder.`,
    );
    this.folder = folder;
    this.pid = pid;
  }
}

/** The folder holds something else than our data, so it is not ours to erase. */
export class NotADataFolder extends EngineError {
  override readonly name = 'NotADataFolder';

  constructor(folder: string) {
    super(`${folder} has files in it but is no data folder of Namesake: it is not erased.`);
  }
}

/** The folder, or what is in it, belongs to somebody else. */
export class DataFolderClosed extends EngineError {
  override readonly name = 'DataFolderClosed';

  constructor(folder: string, reason: string) {
    super(
      `The data folder ${folder} cannot be used by this user (${reason}). It and all in it must be this user's own.`,
    );
  }
}

export type DataFolderLock = { folder: string; release(): void };

const LOCK = 'owner.lock';
const OWNER = 'owner.pid';
const SQLITE_BUSY = 5;
const SQLITE_CANNOT_OPEN = 14;

/**
 * Makes this process the one owner of a data folder, until it releases it or ends.
 *
 * SQLite is used for its file lock alone: it is the one lock of the operating system that Node offers everywhere. It
 * dies with its owner, however that ends, and needs no guess whether a recorded process id still means the same process.
 *
 * @throws DataFolderInUse, or DataFolderClosed where this user may not write there.
 */
export function lockDataFolder(dataFolder: string): DataFolderLock {
  const folder = path.resolve(dataFolder);
  const lock = openLock(folder);
  try {
    // SQLite opens what it may only read as well, and locks nothing then.
    accessSync(path.join(folder, LOCK), constants.W_OK);
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new DataFolderInUse(folder, readOwner(folder));
    throw explainClosed(error, folder);
  }
  writeFileSync(path.join(folder, OWNER), `${process.pid}\n`);
  return {
    folder,
    release() {
      rmSync(path.join(folder, OWNER), { force: true });
      lock.close();
    },
  };
}

function openLock(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new DatabaseSync(path.join(folder, LOCK));
  } catch (error) {
    throw explainClosed(error, folder);
  }
}

function explainClosed(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  const isClosed = 'errcode' in error ? error.errcode === SQLITE_CANNOT_OPEN : isRefusal(error);
  return isClosed ? new DataFolderClosed(folder, error.message) : error;
}

const isRefusal = (error: Error): boolean =>
  ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * Empties a data folder that the caller is about to own.
 *
 * @throws DataFolderInUse, or NotADataFolder when the folder was filled by somebody else.
 */
export function eraseDataFolder(dataFolder: string): void {
  const folder = path.resolve(dataFolder);
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder);
  if (entries.length === 0) return;
  if (!entries.includes(LOCK)) throw new NotADataFolder(folder);
  const lock = lockDataFolder(folder);
  try {
    for (const entry of entries) if (entry !== LOCK) rmSync(path.join(folder, entry), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function readOwner(folder: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path.join(folder, OWNER), 'utf8'), 10) || undefined;
  } catch {
    return undefined; // written a moment after the lock is taken
  }
}
