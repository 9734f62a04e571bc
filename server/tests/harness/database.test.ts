import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from './database.ts';

describe('a test database', () => {
  it('is its own: what one test writes no other sees', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await one.pool.query('CREATE TABLE scribble ()');
    const seen = await other.pool.query("SELECT to_regclass('scribble') AS scribble");
    await Promise.all([one.drop(), other.drop()]);

    assert.deepEqual(seen.rows, [{ scribble: null }]);
  });

  it('has no public table less than a migrated one', async () => {
    const database = await createTestDatabase();
    const tables = await database.pool.query(
      "SELECT count(*)::int AS count FROM pg_tables WHERE schemaname = 'public'",
    );
    await database.drop();

    assert.ok(tables.rows[0].count > 0);
  });

  it('tells a connection that the test has left open', async () => {
    const database = await createTestDatabase();
    const forgotten = new pg.Client({ connectionString: database.url, application_name: 'forgotten' });
    forgotten.on('error', () => undefined);
    await forgotten.connect();

    await assert.rejects(database.drop(), /left connections open: forgotten idle/);
  });

  it('tells a client that never went back to the pool', async () => {
    const database = await createTestDatabase();
    const client = await database.pool.connect();
    client.on('error', () => undefined);

    await assert.rejects(database.drop(), /not given back 1 clients/);
    client.release(true);
    await database.pool.end();
  });
});
