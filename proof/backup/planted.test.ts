import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeBackupFile } from '../../server/features/backup/backup-file.service.ts';
import { restoreBackup } from '../../server/features/backup/restore.service.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import type { EmptyDatabase } from '../../server/tests/harness/empty-database.ts';
import { createEmptyDatabase } from '../../server/tests/harness/empty-database.ts';
import { makeTeam } from '../../server/tests/harness/team-builder.ts';
import { chanceOf } from '../chance.ts';
import type { EmptyMachine } from './machines.ts';
import { plantFaults } from './planted.ts';
import { compare, compareRecords } from './round.ts';

describe('a restore that went wrong', () => {
  let app: TestApp;
  let folder: string;
  let database: EmptyDatabase;
  before(async () => {
    app = await createTestApp();
    folder = await mkdtemp(path.join(tmpdir(), 'namesake-planted-'));
    for (const number of [1, 2, 3]) await makeTeam(app, `owner${number}@planted.example`);
    database = await createEmptyDatabase();
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
    await app.close();
  });

  it('is told of: rows that are missing or others, and a record that was cut', async () => {
    const options = { serverKey: randomBytes(32), seed: 'demo', withKey: false } as const;
    const file = path.join(folder, 'backup.tar.gz');
    const manifest = await writeBackupFile(file, { ...options, connectionString: app.databaseUrl });
    await restoreBackup({ file, manifest }, database.url);
    assert.deepEqual(await compareRecords(file, manifest, database.url), []);
    const machine: EmptyMachine = {
      major: 18,
      url: database.url,
      query: async (text) => (await database.pool.query(text)).rows,
      drop: async () => {},
    };
    const planted = await plantFaults({ file, machine }, chanceOf(3));
    assert.deepEqual(planted.violations, []);
    assert.ok(planted.planted >= 7);

    await database.pool.query(`
      set session_replication_role = 'replica';
      update member set name = 'Somebody else' where id = (select min(id) from member);
      delete from event where (stream_id, number) = (select stream_id, max(number) from event where stream_id like 'team_%' group by 1 limit 1)`);
    const copy = path.join(folder, 'copy.tar.gz');
    const after = await writeBackupFile(copy, { ...options, connectionString: database.url });
    const faults = [...compare(manifest, after), ...(await compareRecords(file, manifest, database.url))].join('\n');
    assert.match(faults, /member has/);
    assert.match(faults, /event has/);
    assert.match(faults, /the database: stream team_\w+, event \d+ is missing/);
  });
});
