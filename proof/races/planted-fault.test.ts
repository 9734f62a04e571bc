import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestDatabase } from '../../server/tests/harness/database.ts';
import { createTestDatabase } from '../../server/tests/harness/database.ts';
import type { Ring } from './race.ts';
import { openRing, race } from './race.ts';

// What keeps the promises is taken away on a real database, and servers race on it: their answers alone give it away.
describe('a race, where a fault is planted', () => {
  let database: TestDatabase;
  let ring: Ring;

  before(async () => {
    database = await createTestDatabase();
    ring = await openRing(database.url, [
      { licences: 1, people: 6 },
      { licences: 3, people: 8 },
    ]);
  });
  after(() => database.drop());

  const violations = async (operations: number, seconds: number): Promise<readonly string[]> =>
    (await race(ring, { processes: 2, lanes: 4, operations, seconds, seed: 3, say: () => {} })).violations;

  const assertFound = (found: readonly string[], form: RegExp) =>
    assert.ok(
      found.some((violation) => form.test(violation)),
      `${form}: ${found.join('\n')}`,
    );

  it('finds a key that does it twice', async () => {
    await database.pool.query(`
      alter table idempotency_key drop constraint idempotency_key_pkey;
      create or replace function earlier_answer(p_scope text, p_key text, p_hash bytea) returns jsonb language sql as 'select null::jsonb'`);

    assertFound(await violations(60, 8), /team_\w+: no order explains \{"kind":"(give|take|move)".*"key"/);
  });

  it('finds that giving takes no lock', async () => {
    const { rows } = await database.pool.query<{ text: string }>(
      `select pg_get_functiondef('give_licence'::regproc) as text`,
    );
    const text = rows[0]?.text ?? '';
    const unlocked = text.replace('perform 1 from stream where id = p_team for no key update;', '');
    assert.notEqual(unlocked, text);
    await database.pool.query(`drop index holding_one_open; ${unlocked}`);

    const found = await violations(100, 10);
    assertFound(found, /team_\w+: no order explains \{"kind":"give"/);
    assertFound(found, /rule 1: lic_\w+ is in \d open holdings/);
  });
});
