import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { migrate } from '../../db/migrate.ts';
import { describeSchema } from '../../db/schema-description.ts';
import { ConfigError } from '../../platform/config-error.ts';
import { createTestDatabase } from '../harness/database.ts';

describe('the schema', () => {
  it('is the committed one, on every version of PostgreSQL', async () => {
    const database = await createTestDatabase();
    const made = await describeSchema(database.pool);
    await database.drop();

    assert.equal(made, readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8'));
  });

  it('stays as it is when the migrations run again', async () => {
    const database = await createTestDatabase();
    const before = await describeSchema(database.pool);
    await migrate(database.pool);
    const after = await describeSchema(database.pool);
    await database.drop();

    assert.equal(after, before);
  });

  it('is left alone where a newer version has been at it', async () => {
    const database = await createTestDatabase();
    await database.pool.query(`insert into kysely_migration values ('999-tomorrow', '2027-01-01')`);
    await assert.rejects(migrate(database.pool), (error) => {
      assert.ok(error instanceof ConfigError, String(error));
      assert.match(error.message, /brought to 999-tomorrow by a newer version/);
      return true;
    });
    await database.drop();
  });
});
