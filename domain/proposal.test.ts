import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { proposeLicences } from './proposal.ts';

const cases = [
  [{ coreLicences: 12, active: 0, onOrder: 0 }, 12],
  [{ coreLicences: 12, active: 5, onOrder: 3 }, 4],
  [{ coreLicences: 12, active: 12, onOrder: 0 }, 0],
  [{ coreLicences: 3, active: 10, onOrder: 2 }, 0],
  [{ coreLicences: 0, active: 0, onOrder: 0 }, 0],
] as const;

for (const [reason, proposed] of cases) {
  test(`${JSON.stringify(reason)} proposes ${proposed} and says why`, () => {
    assert.deepEqual(proposeLicences(reason), { ...reason, proposed });
  });
}

test('with the proposed licences every core licence has one, and none is bought twice', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), (coreLicences, active, onOrder) => {
      const { proposed } = proposeLicences({ coreLicences, active, onOrder });
      assert.ok(active + onOrder + proposed >= coreLicences);
      assert.ok(proposed === 0 || active + onOrder + proposed === coreLicences);
    }),
  );
});
