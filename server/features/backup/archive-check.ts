import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BackupError } from './backup-error.ts';
import type { Manifest } from './manifest.ts';
import { BACKUP_FORMAT, isSealedWith, readManifest } from './manifest.ts';
import { PART_BYTES, places, readPartName } from './place.ts';
import type { TarFile } from './tar.ts';
import { readTar, TarError } from './tar.ts';

/** A backup that was read to its end and is what its manifest says. */
export interface CheckedBackup {
  readonly manifest: Manifest;
  /** The server's key, where the backup was made with it. */
  readonly serverKey: Buffer | undefined;
  /** Whether this server's key has sealed it. */
  isSealedWith(serverKey: Buffer): boolean;
}

/**
 * Reads a backup whole and holds every part against the manifest, keeping one part at a time.
 *
 * @throws BackupError where it is no backup, was cut off or was changed; nothing has been done with it then.
 */
export async function checkArchive(file: string): Promise<CheckedBackup> {
  const check = new ArchiveCheck();
  for await (const entry of readFiles(file)) check.take(entry);
  return check.end();
}

/** The rows of a table as they were copied; none where the backup has no such table. */
export async function* readTable(file: string, table: string): AsyncGenerator<Buffer> {
  let found = false;
  for await (const { name, bytes } of readFiles(file)) {
    const isPart = readPartName(name)?.table === table;
    if (found && !isPart) return;
    found ||= isPart;
    if (isPart) yield bytes;
  }
}

/** Every file of the archive in its order, without a check of what it says. */
export async function* readFiles(file: string): AsyncGenerator<TarFile> {
  const unzip = createGunzip();
  // What fails is told to whoever reads the end of it.
  pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), unzip, () => {});
  try {
    yield* readTar(unzip, PART_BYTES);
  } catch (error) {
    throw explain(error, file);
  } finally {
    unzip.destroy();
  }
}

function explain(error: unknown, file: string): unknown {
  if (error instanceof TarError) return new BackupError(`${file} is no whole backup: ${error.message}.`);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new BackupError(`There is no file ${file}.`);
  if (code === 'Z_BUF_ERROR') return new BackupError(`${file} was cut off: it ends too early.`);
  if (code === 'Z_DATA_ERROR') return new BackupError(`${file} is no backup, or it was changed since it was made.`);
  // What remains is what the file system says: a folder, a broken disk.
  return code === undefined ? error : new BackupError(`${file} cannot be read (${code}).`);
}

const changed = (what: string): never => {
  throw new BackupError(`The backup was changed since it was made: ${what}.`);
};

interface TableSeen {
  readonly hash: Hash;
  bytes: number;
  parts: number;
}

class ArchiveCheck {
  readonly #tables = new Map<string, TableSeen>();
  readonly #texts = new Map<string, string>();
  #files = 0;

  take({ name, bytes }: TarFile): void {
    if (this.#files === 0 && name !== places.mark) throw new BackupError('This archive is no backup of Namesake.');
    this.#files += 1;
    if (this.#texts.has(places.seal)) changed(`${name} follows the end`);
    const part = readPartName(name);
    if (part) this.#takePart(part, bytes);
    else this.#takeText(name, bytes.toString('utf8'));
  }

  end(): CheckedBackup {
    const text = this.#texts.get(places.manifest);
    const seal = this.#texts.get(places.seal);
    if (text === undefined || seal === undefined) throw new BackupError('The backup is not whole: its end is missing.');
    const manifest = readManifest(text) ?? changed('its manifest cannot be read');
    for (const table of manifest.tables) this.#compare(table);
    const stray = [...this.#tables.keys()].find((name) => !manifest.tables.some((table) => table.name === name));
    if (stray !== undefined) changed(`the table ${stray} is not in the manifest`);
    const key = this.#texts.get(places.key);
    const serverKey = key === undefined ? undefined : Buffer.from(key, 'base64url');
    return { manifest, serverKey, isSealedWith: (own) => isSealedWith(own, text, seal) };
  }

  #takeText(name: string, text: string): void {
    if (!Object.values<string>(places).includes(name)) changed(`${name} does not belong there`);
    this.#texts.set(name, text);
    if (name === places.mark) refuseOtherFormat(text);
  }

  #takePart({ table, number }: { table: string; number: number }, bytes: Buffer): void {
    const seen = this.#tables.get(table) ?? { hash: createHash('sha256'), bytes: 0, parts: 0 };
    this.#tables.set(table, seen);
    if (number !== seen.parts) changed(`part ${seen.parts} of ${table} is missing`);
    seen.hash.update(bytes);
    seen.bytes += bytes.length;
    seen.parts += 1;
  }

  #compare({ name, bytes, sha256 }: Manifest['tables'][number]): void {
    const seen = this.#tables.get(name) ?? { hash: createHash('sha256'), bytes: 0 };
    if (seen.bytes !== bytes || seen.hash.digest('hex') !== sha256) changed(`the rows of ${name} are others`);
  }
}

/** The mark is read long before the archive's own sums are: a damaged one is no text of JSON at all. */
function refuseOtherFormat(mark: string): void {
  const format = readFormat(mark) ?? changed('its first file cannot be read');
  if (format === BACKUP_FORMAT) return;
  throw new BackupError(`The backup has format ${format}, and this version of Namesake reads format ${BACKUP_FORMAT}.`);
}

function readFormat(mark: string): unknown {
  try {
    const value: unknown = JSON.parse(mark);
    return typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  } catch {
    return undefined;
  }
}
