import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createPool } from '../server/db/database.ts';
import { startEngine } from '../server/db/engine.ts';
import { migrate } from '../server/db/migrate.ts';
import { checkArchive } from '../server/features/backup/archive-check.ts';
import { writeBackupFile } from '../server/features/backup/backup-file.service.ts';
import { restoreBackup } from '../server/features/backup/restore.service.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figure.ts';
import { makeHolders } from './holder-data.ts';

const HOLDERS = 1_000_000;
const PG_DUMP = '/usr/bin/pg_dump';
const PG_RESTORE = '/usr/bin/pg_restore';

/** How long a million holders take to be backed up and restored, and how large they are, against pg_dump and pg_restore. */
export async function benchBackup(holders = HOLDERS): Promise<Figure[]> {
  // Debian's pg_dump reads no server that is newer than itself.
  if (!existsSync(PG_DUMP)) return [];
  const folder = await mkdtemp(path.join(tmpdir(), 'namesake-bench-'));
  const engine = await startEngine({ dataFolder: path.join(folder, 'engine'), major: 15 });
  const pool = createPool({ connectionString: engine.url, maxConnections: 2 });
  try {
    await migrate(pool);
    await makeHolders(pool, holders);
    const file = path.join(folder, 'backup.tar.gz');
    const dump = path.join(folder, 'dump');
    const options = { connectionString: engine.url, serverKey: Buffer.alloc(32), seed: 'own', withKey: false } as const;
    const backup = await timed(() => writeBackupFile(file, options));
    const dumping = await timed(() => run(PG_DUMP, ['-Fc', '-Z1', '-f', dump, engine.url]));
    const [ours, theirs] = [await emptyDatabase(engine.url, 'ours'), await emptyDatabase(engine.url, 'theirs')];
    const { manifest } = await checkArchive(file);
    const restore = await timed(() => restoreBackup({ file, manifest }, ours));
    const restoring = await timed(() => run(PG_RESTORE, ['-d', theirs, dump]));
    const megabytes = async (name: string) => (await stat(name)).size / 1e6;
    const figure = (name: string, unit: string, value: number, baseline: number) =>
      figureOf(`${name} ${holders} holders, pg_dump -Fc -Z1 as baseline`, unit, [{ value, baseline }], null, 'less');
    return [
      figure('backing up', 'ms', backup, dumping),
      figure('restoring', 'ms', restore, restoring),
      figure('size of', 'MB', await megabytes(file), await megabytes(dump)),
    ];
  } finally {
    await pool.end();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

async function emptyDatabase(engineUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: engineUrl });
  await client.connect();
  await client.query(`create database ${name} template template0`);
  await client.end();
  const url = new URL(engineUrl);
  url.pathname = `/${name}`;
  return url.href;
}
