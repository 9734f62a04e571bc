import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPool } from '../../db/database.ts';
import { meaningOfDatabaseError } from '../../platform/http/database-error.ts';
import type { TestDatabase } from '../harness/database.ts';
import { createTestDatabase } from '../harness/database.ts';

describe('a statement that does not come to its end in time', () => {
  let database: TestDatabase;

  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());

  it('is told as a database that is too busy, with the moment to come again', async () => {
    const pool = createPool({ connectionString: database.url });
    const client = await pool.connect();
    await client.query('set statement_timeout = 50');
    const error = await client.query('select pg_sleep(10)').catch((reason: unknown) => reason);
    client.release();
    await pool.end();
    const meaning = meaningOfDatabaseError(error);
    assert.equal(meaning?.code, 'databaseUnavailable');
    assert.ok((meaning.details.retryAfterSeconds ?? 0) > 0);
  });
});
