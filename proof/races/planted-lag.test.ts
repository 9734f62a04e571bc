import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestDatabase } from '../../server/tests/harness/database.ts';
import { createTestDatabase } from '../../server/tests/harness/database.ts';
import type { Ring } from './race.ts';
import { openRing, race } from './race.ts';

// What keeps the promises is taken away on a real database, and servers race on it: their answers alone give it away.
describe('a race, where the memory of the servers lags', () => {
  let database: TestDatabase;
  let ring: Ring;

  before(async () => {
    database = await createTestDatabase();
    ring = await openRing(database.url, [{ licences: 2, people: 5 }]);
  });
  after(() => database.drop());

  const violations = async (operations: number, seconds: number): Promise<readonly string[]> =>
    (await race(ring, { processes: 2, lanes: 4, operations, seconds, seed: 3, say: () => {} })).violations;

  const assertFound = (found: readonly string[], form: RegExp) =>
    assert.ok(
      found.some((violation) => form.test(violation)),
      `${form}: ${found.join('\n')}`,
    );

  it('finds a memory that lags behind while it says that it is current', async () => {
    // The memory asks for what newer transactions have written.
    await database.pool.query(`alter table event alter transaction_id set default '3'`);
    const found = await violations(8, 8);
    await database.pool.query('alter table event alter transaction_id set default pg_current_xact_id()');

    assertFound(found, /rule 8: team_\w+: \{"kind":"check".*stands at a revision before \d+/);
  });
});
