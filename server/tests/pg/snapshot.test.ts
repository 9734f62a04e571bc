import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Db, Pool } from '../../db/database.ts';
import { createDb, createPool } from '../../db/database.ts';
import { inSnapshot } from '../../db/snapshot.ts';
import type { TestDatabase } from '../harness/database.ts';
import { createTestDatabase } from '../harness/database.ts';

describe('a snapshot', () => {
  let database: TestDatabase;
  let pool: Pool;
  let db: Db;

  before(async () => {
    database = await createTestDatabase();
    await database.pool.query('create table counter (value int); insert into counter values (1)');
    pool = createPool({ connectionString: database.url });
    db = createDb(pool);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  const read = async (from: Db): Promise<number | undefined> =>
    (await sql<{ value: number }>`select value from counter`.execute(from)).rows[0]?.value;

  it('shows every query what stood at the first, whatever is committed meanwhile', async () => {
    const [first, second] = await inSnapshot(db, async (snapshot) => {
      const before = await read(snapshot);
      await database.pool.query('update counter set value = 2');
      return [before, await read(snapshot)];
    });

    assert.deepEqual([first, second, await read(db)], [1, 1, 2]);
  });

  it('writes nothing', async () => {
    await assert.rejects(
      inSnapshot(db, (snapshot) => sql`update counter set value = 3`.execute(snapshot)),
      { code: '25006' },
    );
  });
});
