import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createPool } from '../../db/database.ts';
import { migrate, WHOLE_SCHEMA } from '../../db/migrate.ts';
import { checkArchive } from '../../features/backup/archive-check.ts';
import { writeBackupFile } from '../../features/backup/backup-file.service.ts';
import { restoreBackup } from '../../features/backup/restore.service.ts';
import { createTestApp } from '../harness/app.ts';
import type { EmptyDatabase } from '../harness/empty-database.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';
import { makeTeam } from '../harness/team-builder.ts';

describe('a restore and a server that starts on the same database', () => {
  let folder: string;
  let file: string;
  let database: EmptyDatabase;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'namesake-restore-start-'));
    file = path.join(folder, 'team.tar.gz');
    const app = await createTestApp();
    await makeTeam(app, 'owner@office.example');
    await writeBackupFile(file, {
      connectionString: app.databaseUrl,
      serverKey: randomBytes(32),
      seed: 'demo',
      withKey: false,
    });
    await app.close();
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  const restore = async () => restoreBackup({ file, manifest: (await checkArchive(file)).manifest }, database.url);

  const startServer = async () => {
    const pool = createPool({ connectionString: database.url });
    await migrate(pool).finally(() => pool.end());
  };

  /** Has each come to the lock after the one before, and only then lets the first of them in. */
  async function inThisOrder(...works: (() => Promise<void>)[]): Promise<PromiseSettledResult<void>[]> {
    const holder = await database.pool.connect();
    await holder.query(`select pg_advisory_lock(${WHOLE_SCHEMA})`);
    const ends: Promise<void>[] = [];
    let settled = 0;
    for (const work of works) {
      const end = work();
      ends.push(end.finally(() => settled++));
      while (settled === 0 && (await waiting()) < ends.length) await delay(5);
    }
    assert.equal(settled, 0, 'somebody went on without the lock');
    await holder.query('select pg_advisory_unlock_all()');
    holder.release();
    return Promise.allSettled(ends);
  }

  async function waiting(): Promise<number> {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`,
    );
    return rows[0]?.count ?? 0;
  }

  const teams = async () => (await database.pool.query('select from team')).rowCount;

  it('end with what was restored, where the server comes second', async () => {
    const ends = await inThisOrder(restore, startServer);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    );
    assert.equal(await teams(), 1);
  });

  it('end with the database of the server, where the restore comes second: it is refused and changes nothing', async () => {
    const [started, restored] = await inThisOrder(startServer, restore);
    assert.equal(started?.status, 'fulfilled');
    assert.ok(restored?.status === 'rejected');
    assert.match(String(restored.reason), /BackupError: The database is not empty, so nothing was changed/);
    assert.equal(await teams(), 0);
  });
});
