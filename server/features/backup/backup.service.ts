import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Seed } from '../../data-folder.ts';
import { opensBox } from '../signing-key/signing-key.service.ts';
import type { BackupSource, BackupTable, SnapshotClient } from './backup.queries.ts';
import { copyTable, findSource, listKeyBoxes, listSequences, listTables, withSnapshot } from './backup.queries.ts';
import { BackupError } from './backup-error.ts';
import { HeadDigest } from './head-digest.ts';
import type { Manifest, TableOfManifest } from './manifest.ts';
import { BACKUP_FORMAT, sealOf } from './manifest.ts';
import { inBlocks, partName, places } from './place.ts';
import { tarEnd, tarEntry } from './tar.ts';

export interface BackupOptions {
  readonly connectionString: string;
  readonly serverKey: Buffer;
  readonly seed: Seed;
  /** Whether the server's key goes with it. */
  readonly withKey: boolean;
  /** Breaks off what is under way. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes everything as it is at one moment, beside whoever works on it: a compressed archive that `tar` opens, whose tables
 * are copies in PostgreSQL's text form. It keeps a few megabytes in memory, however much there is.
 *
 * @throws BackupError where the database holds nothing of ours, or the key is not the one that its server works with.
 */
export async function writeBackup(options: BackupOptions, target: Writable): Promise<Manifest> {
  return withSnapshot(options.connectionString, async (client) => {
    const source = await findSource(client);
    if (!source) throw new BackupError('There is nothing to back up: the database has no tables of Namesake.');
    await refuseOtherKey(client, options.serverKey);
    const archive = new Archive(options, client, source);
    const { signal } = options;
    await pipeline(Readable.from(archive.chunks()), createGzip({ level: 1 }), target, { ...(signal && { signal }) });
    return archive.manifest;
  });
}

/** Under a key that is not the server's a backup is sealed all the same, and refused on the day that it is needed. */
async function refuseOtherKey(client: SnapshotClient, serverKey: Buffer): Promise<void> {
  const boxes = await listKeyBoxes(client);
  if (boxes.length === 0 || boxes.some(({ kid, privateBox }) => opensBox(serverKey, kid, privateBox))) return;
  throw new BackupError(`The signing keys in the database do not open with this key: it is not the one that the server has. Nothing was backed
up. Use the NAMESAKE_SECRET or NAMESAKE_DATA of the server. If the key was changed for good, make new signing keys first: npm run keys.`);
}

class Archive {
  readonly #options: BackupOptions;
  readonly #client: SnapshotClient;
  readonly #source: BackupSource;
  readonly #heads = new HeadDigest();
  #manifest: Manifest | undefined;

  constructor(options: BackupOptions, client: SnapshotClient, source: BackupSource) {
    this.#options = options;
    this.#client = client;
    this.#source = source;
  }

  /** Known when everything is written. */
  get manifest(): Manifest {
    if (!this.#manifest) throw new Error('the archive is not written yet');
    return this.#manifest;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const { serverKey, withKey } = this.#options;
    yield* this.#file(places.mark, `${JSON.stringify({ format: BACKUP_FORMAT, ...this.#source })}\n`);
    if (withKey) yield* this.#file(places.key, serverKey.toString('base64url'));
    const tables: TableOfManifest[] = [];
    for (const table of await listTables(this.#client)) tables.push(yield* this.#table(table));
    this.#manifest = await this.#sumUp(tables);
    const text = JSON.stringify(this.#manifest, null, 2);
    yield* this.#file(places.manifest, text);
    yield* this.#file(places.seal, sealOf(serverKey, text));
    yield tarEnd;
  }

  async *#table(table: BackupTable): AsyncGenerator<Buffer, TableOfManifest> {
    const copy = copyTable(this.#client, table);
    const hash = createHash('sha256');
    let bytes = 0;
    let number = 0;
    for await (const block of inBlocks(table.name === 'stream' ? this.#heads.over(copy) : copy)) {
      hash.update(block);
      bytes += block.length;
      yield* tarEntry(partName(table.name, number), block, this.#at);
      number += 1;
    }
    return { name: table.name, columns: [...table.columns], rows: copy.rowCount, bytes, sha256: hash.digest('hex') };
  }

  async #sumUp(tables: TableOfManifest[]): Promise<Manifest> {
    const { seed } = this.#options;
    const sequences = await listSequences(this.#client);
    const events = tables.find(({ name }) => name === 'event')?.rows ?? 0;
    const record = { streams: this.#heads.streams, events, digest: this.#heads.digest() };
    return { format: BACKUP_FORMAT, ...this.#source, seed, tables, sequences, record };
  }

  #file(name: string, text: string): Buffer[] {
    return tarEntry(name, Buffer.from(text), this.#at);
  }

  get #at(): Date {
    return new Date(this.#source.at);
  }
}
