import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestDatabase } from '../../server/tests/harness/database.ts';
import { createTestDatabase } from '../../server/tests/harness/database.ts';
import { openRing, race } from './race.ts';

const SIZES = [
  { licences: 1, people: 4 },
  { licences: 4, people: 7 },
];

describe('a short race', () => {
  let database: TestDatabase;

  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());

  it('does some of everything in two processes, and everything holds', async () => {
    const ring = await openRing(database.url, SIZES);
    const scene = { processes: 2, lanes: 4, operations: 60, seconds: 3, seed: 1, say: () => {} };
    const { operations, violations, figures } = await race(ring, scene);

    assert.deepEqual(violations, []);
    assert.ok(operations > 400, JSON.stringify(figures));
    const done = (...kinds: string[]) => kinds.reduce((sum, kind) => sum + Number(figures[kind]), 0);
    for (const kind of ['give', 'take', 'move', 'renewUp', 'check', 'refused']) {
      assert.ok(done(kind) > 0, `${kind}: ${JSON.stringify(figures)}`);
    }
    assert.ok(done('invite', 'accept', 'remove', 'offerOwnership') > 0, JSON.stringify(figures));
  });
});
