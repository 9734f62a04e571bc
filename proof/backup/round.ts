import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { EngineMajor } from '../../server/db/engine-binaries.ts';
import { checkArchive } from '../../server/features/backup/archive-check.ts';
import { checkRecordOfBackup, writeBackupFile } from '../../server/features/backup/backup-file.service.ts';
import type { Manifest } from '../../server/features/backup/manifest.ts';
import { restoreBackup } from '../../server/features/backup/restore.service.ts';
import { checkRecord as verifyRecord } from '../../server/features/record/record-check.service.ts';
import { checkRecord as checkRules } from '../record-check/check-record.ts';
import type { EmptyMachine, Machines } from './machines.ts';

/** What one backup and its restore have shown. */
export interface Round {
  readonly file: string;
  readonly manifest: Manifest;
  readonly machine: EmptyMachine;
  readonly backupMilliseconds: number;
  readonly restoreMilliseconds: number;
  readonly bytes: number;
  readonly violations: string[];
}

export interface RoundOptions {
  readonly databaseUrl: string;
  readonly folder: string;
  readonly serverKey: Buffer;
  readonly number: number;
  readonly major: EngineMajor;
  readonly machines: Machines;
}

/** Backs up what is in use, restores it onto an empty machine, and holds the two against each other. */
export async function backUpAndRestore(options: RoundOptions): Promise<Round> {
  const { databaseUrl: connectionString, serverKey, machines } = options;
  const settings = { serverKey, seed: 'demo', withKey: false } as const;
  const file = path.join(options.folder, `backup-${options.number}.tar.gz`);
  const began = performance.now();
  const manifest = await writeBackupFile(file, { ...settings, connectionString });
  const backedUp = performance.now();
  const machine = await machines.empty(options.major);
  await checkArchive(file);
  const restoring = performance.now();
  await restoreBackup({ file, manifest }, machine.url);
  const restored = performance.now();
  const copy = path.join(options.folder, `copy-${options.number}.tar.gz`);
  const again = await writeBackupFile(copy, { ...settings, connectionString: machine.url });
  return {
    file,
    manifest,
    machine,
    backupMilliseconds: backedUp - began,
    restoreMilliseconds: restored - restoring,
    bytes: (await stat(file)).size,
    violations: [
      ...compare(manifest, again),
      ...(await compareRecords(file, manifest, machine.url)),
      ...(await checkRules(machine.url)),
    ].map((what) => `round ${options.number} on PostgreSQL ${options.major}: ${what}`),
  };
}

/** Where the restored tables are not, to the byte, what was backed up. */
export function compare(before: Manifest, after: Manifest): string[] {
  return before.tables.flatMap(({ name, rows, sha256 }) => {
    const other = after.tables.find((table) => table.name === name);
    return other?.sha256 === sha256
      ? []
      : [`${name} has ${other?.rows} rows after the restore, or others; it had ${rows}`];
  });
}

/** Where the file, or the restored database, has other heads than the manifest. */
export async function compareRecords(file: string, { record }: Manifest, url: string): Promise<string[]> {
  const found = {
    'the file': await checkRecordOfBackup(file, (await checkArchive(file)).manifest),
    'the database': await verifyRecord(url),
  };
  return Object.entries(found).flatMap(([where, { broken, digest, events }]) => {
    if (broken) return [`${where}: stream ${broken.streamId}, event ${broken.number} ${broken.what}`];
    return digest === record.digest && events === record.events ? [] : [`${where} has other heads than its manifest`];
  });
}
