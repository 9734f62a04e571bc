import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import type { Db, Pool } from '../../db/database.ts';
import { createDb, createPool, refuseStandby } from '../../db/database.ts';
import { meaningOfDatabaseError } from '../../platform/http/database-error.ts';
import type { TestDatabase } from '../harness/database.ts';
import { createTestDatabase } from '../harness/database.ts';

const isUnavailable = (error: unknown) => meaningOfDatabaseError(error)?.code === 'databaseUnavailable';

/** The driver shows its socket to nobody. */
const socketOf = (client: pg.PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;

describe('connections that are lost', () => {
  let database: TestDatabase;
  let pool: Pool;
  let db: Db;

  before(async () => {
    database = await createTestDatabase();
    pool = createPool({ connectionString: database.url });
    db = createDb(pool);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  it('fail the transaction that was between two queries, and nothing else', async () => {
    const transaction = db.transaction().execute(async (inside) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(inside);
      const client = await database.pool.connect();
      await client.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      client.release();
      await sql`select 1`.execute(inside);
    });
    await assert.rejects(transaction, isUnavailable);
    assert.equal((await pool.query('select 1 as one')).rows[0].one, 1, 'the next one has a new connection');
  });

  it('fail the query that opened them when they are lost while the pool asks whether they take writes', async () => {
    const queue = new pg.Pool({
      connectionString: database.url,
      // Passed on to the pool, whose types do not name it.
      ...{
        verify(client: pg.PoolClient, done: (error?: Error) => void) {
          refuseStandby(client, done);
          socketOf(client).destroy();
        },
      },
    });
    await assert.rejects(queue.query('select 1'), isUnavailable);
    await queue.end();
  });

  it('are not made anew to a database that takes no writes', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set default_transaction_read_only = on`);
    const standby = createPool({ connectionString: database.url });
    await assert.rejects(standby.query('select 1'), isUnavailable);
    assert.equal(standby.totalCount, 0, 'none is kept');
    await database.pool.query(`begin read write; alter database ${name} reset default_transaction_read_only; commit`);
    await standby.query('select 1');
    await standby.end();
  });
});
