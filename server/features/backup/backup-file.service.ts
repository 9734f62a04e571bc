import { createWriteStream, existsSync } from 'node:fs';
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
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    const manifest = await writeBackup(options, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await bringToDisk(draft, 'r+');
    await putInPlace(draft, file);
    // Windows has no way to do that with a folder.
    if (process.platform !== 'win32') await bringToDisk(path.dirname(file), 'r');
    return manifest;
  } catch (error) {
    throw explain(error, file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function bringToDisk(name: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(name, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
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
  switch (codeOf(error)) {
    case 'EEXIST':
      return new BackupError(`${file} is there already, and is not written over.`);
    case 'ENOSPC':
      return new BackupError(`The disk of ${file} is full. Nothing is left of the backup.`);
    case 'ENOENT':
    case 'EACCES':
      return new BackupError(`${file} cannot be written (${codeOf(error)}).`);
    default:
      return error;
  }
}

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
