import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { backoffMs } from './backoff.ts';

it('doubles the longest wait with each failure, up to 30 seconds', () => {
  const almostOne = 1 - Number.EPSILON;
  const waits = [1, 2, 3, 4, 5, 6, 2000].map((failures) => Math.round(backoffMs(failures, almostOne)));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

it('spreads the waits evenly from nothing to the longest', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), chance, (failures, random) => {
      assert.equal(backoffMs(failures, random), random * backoffMs(failures, 1));
    }),
  );
});
