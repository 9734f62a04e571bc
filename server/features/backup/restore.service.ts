import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createPool } from '../../db/database.ts';
import { migrate, migrationNames } from '../../db/migrate.ts';
import { readFiles } from './archive-check.ts';
import { BackupError } from './backup-error.ts';
import type { Manifest, TableOfManifest } from './manifest.ts';
import { readPartName } from './place.ts';
import type { Filling } from './restore.queries.ts';
import { analyse, withFilling } from './restore.queries.ts';

/**
 * How far a sequence goes on: numbers of offers, orders and leases that were given after the backup's moment are in
 * somebody's mail or application, and are not given a second time.
 */
const SKIPPED = 10_000;

interface Source {
  readonly file: string;
  readonly manifest: Manifest;
  /** Keeps what belongs beside the database. Where it fails the database stays empty; once it is done little can fail. */
  readonly keep?: () => void;
}

/**
 * Fills an empty database from a backup that was checked, and brings it to the newest schema.
 *
 * @throws BackupError where the database is not empty or cannot hold every text, or the backup comes from a newer version;
 *   nothing has been changed.
 */
export async function restoreBackup(source: Source, connectionString: string): Promise<void> {
  await fillFromBackup(source, connectionString);
  await bringUpToDate(connectionString);
}

/** Brings an empty database to where a backup was made, schema and rows, in one transaction. */
export async function fillFromBackup({ file, manifest, keep }: Source, connectionString: string): Promise<void> {
  const migration = lastKnownMigration(manifest);
  await withFilling(connectionString, async (filling) => {
    if (!(await filling.isEmpty())) {
      throw new BackupError('The database is not empty, so nothing was changed. Restore into a new, empty one.');
    }
    const encoding = await filling.encoding();
    if (encoding !== 'UTF8') {
      throw new BackupError(
        `The database keeps text as ${encoding}, so nothing was changed. Make it anew: create database ... encoding 'UTF8' template template0.`,
      );
    }
    await filling.prepare(migration);
    await fillTables(filling, file, manifest);
    for (const { name, value } of manifest.sequences) {
      if (value !== null) await filling.setSequence(name, value + SKIPPED);
    }
    await filling.finish();
    keep?.();
  });
}

function lastKnownMigration({ migrations }: Manifest): string {
  const unknown = migrations.find((name, index) => migrationNames[index] !== name);
  const last = migrations.at(-1);
  if (unknown === undefined && last !== undefined) return last;
  throw new BackupError(
    `The backup comes from another version of Namesake: this one does not know its migration ${unknown}. Restore it with that version or a newer one.`,
  );
}

/** Goes through the file once; tables come one after the other. */
async function fillTables(filling: Filling, file: string, { tables }: Manifest): Promise<void> {
  const files = readFiles(file);
  const blocks = new Blocks(files);
  try {
    await blocks.next();
    for (let table = blocks.table; table !== undefined; table = blocks.table) {
      const stated = tables.find(({ name }) => name === table);
      if (!stated) throw new BackupError(`The backup was changed while it was restored: ${table}.`);
      await fillTable(filling, stated, blocks);
    }
  } finally {
    await files.return(undefined);
  }
}

async function fillTable(filling: Filling, table: TableOfManifest, blocks: Blocks): Promise<void> {
  const target = filling.fill(table);
  await pipeline(Readable.from(blocks.of(table.name)), target);
  if (target.rowCount !== table.rows) {
    throw new BackupError(`${table.name} has ${target.rowCount} rows instead of ${table.rows}; nothing was changed.`);
  }
}

/** The parts of all tables, one after the other. */
class Blocks {
  readonly #files: ReturnType<typeof readFiles>;
  table: string | undefined;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(files: ReturnType<typeof readFiles>) {
    this.#files = files;
  }

  async next(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#files.next();
      this.table = done ? undefined : readPartName(value.name)?.table;
      if (done) return;
      this.#bytes = value.bytes;
      if (this.table !== undefined) return;
    }
  }

  async *of(table: string): AsyncGenerator<Buffer> {
    while (this.table === table) {
      yield this.#bytes;
      await this.next();
    }
  }
}

async function bringUpToDate(connectionString: string): Promise<void> {
  const pool = createPool({ connectionString, maxConnections: 1 });
  try {
    await migrate(pool);
    await analyse(pool);
  } finally {
    await pool.end();
  }
}
