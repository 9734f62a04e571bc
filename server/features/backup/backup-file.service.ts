import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CopyCursor } from '../../platform/copy-text.ts';
import type { RecordFound, SealKeys } from '../record/record-check.service.ts';
import { checkCopies } from '../record/record-check.service.ts';
import { readTable } from './archive-check.ts';
import type { BackupOptions } from './backup.service.ts';
import { writeBackup } from './backup.service.ts';
import { BackupError } from './backup-error.ts';
import type { Manifest } from './manifest.ts';

/**
 * Writes a backup into a file that is there whole or not at all, for the eyes of its owner.
 *
 * @throws BackupError where the file is there already: a backup is never written over.
 */
export async function writeBackupFile(file: string, options: BackupOptions): Promise<Manifest> {
  if (existsSync(file)) throw new BackupError(`${file} is there already, and is not written over.`);
  try {
    return await writeByDraft(file, options);
  } catch (error) {
    throw explain(error, file);
  }
}

async function writeByDraft(file: string, options: BackupOptions): Promise<Manifest> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    const manifest = await writeDraft(draft, options);
    await putInPlace(draft, file);
    await keepName(file);
    return manifest;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Writes a backup for the program that reads standard output, which must look at how this one ends.
 *
 * @throws BackupError where nobody reads to the end.
 */
export async function writeBackupToOutput(options: BackupOptions): Promise<Manifest> {
  try {
    return await writeBackup(options, process.stdout);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EPIPE' && !isRefusal(code)) throw error;
    throw new BackupError(`Standard output takes no more (${code}): what was written is no backup.`);
  }
}

async function writeDraft(draft: string, options: BackupOptions): Promise<Manifest> {
  const target = (await open(draft, 'wx', 0o600)).createWriteStream();
  const manifest = await writeBackup(options, target).finally(() => target.destroy());
  const written = await open(draft, 'r+');
  try {
    await written.sync();
  } finally {
    await written.close();
  }
  return manifest;
}

/** Brings the folder to the disk, for which Windows has no way. */
async function keepName(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path.dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A second name instead of a new one: that fails where somebody else has made the file meanwhile. */
async function putInPlace(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    await rename(draft, file); // file systems without second names
  }
}

function explain(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (code === 'EEXIST') return new BackupError(`${file} is there already, and is not written over.`);
  if (code === 'ENOSPC') return new BackupError(`The disk of ${file} is full. Nothing is left of the backup.`);
  return isRefusal(code)
    ? new BackupError(`${file} cannot be written (${code}). Nothing is left of the backup.`)
    : error;
}

/** What a file system answers, and no connection to a database. */
const REFUSALS =
  'ENOENT ENOTDIR EISDIR EACCES EPERM EROFS EIO ENOSPC EDQUOT EFBIG ENAMETOOLONG ELOOP ENXIO ESTALE'.split(' ');
const isRefusal = (code: string | undefined): boolean => code !== undefined && REFUSALS.includes(code);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Walks the record in a backup, as it is done in a database; the backup's own keys are used where none are given. */
export async function checkRecordOfBackup(file: string, manifest: Manifest, keys?: SealKeys): Promise<RecordFound> {
  const copies = {
    streams: readTable(file, 'stream'),
    events: readTable(file, 'event'),
    sealedHeads: readTable(file, 'sealed_head'),
  };
  return checkCopies(copies, keys ?? (await readKeys(file, manifest)));
}

async function readKeys(file: string, { tables }: Manifest): Promise<SealKeys> {
  const keys = new Map<string, string>();
  const columns = tables.find(({ name }) => name === 'signing_key')?.columns ?? [];
  const rows = await CopyCursor.over(readTable(file, 'signing_key'));
  for (; rows.row; await rows.next()) {
    const kid = rows.row[columns.indexOf('kid')] ?? '';
    const publicX = rows.row[columns.indexOf('public_x')] ?? '';
    keys.set(kid, Buffer.from(publicX.slice(2), 'hex').toString('base64url'));
  }
  return keys;
}
