import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leasesPerList, renewalOf, statusBits, statusPlaceOf } from './lease.ts';

test('a lease is renewed between 40 and 70 % of its life', () => {
  const lease = { issuedAt: 1000, expiresAt: 2000 };
  assert.deepEqual(
    [0, 0.5, 1].map((share) => renewalOf(lease, share)),
    [1400, 1550, 1700],
  );
});

test('numbers fill one list after the other', () => {
  const number = fc.integer({ min: 0, max: 2 ** 40 });
  fc.assert(
    fc.property(number, (value) => {
      const { list, index } = statusPlaceOf(value);
      assert.ok(index >= 0 && index < leasesPerList);
      assert.equal(list * leasesPerList + index, value);
    }),
  );
});

test('a list has a bit for each revoked lease and for no other', () => {
  const indexes = fc.uniqueArray(fc.integer({ min: 0, max: leasesPerList - 1 }), { maxLength: 50 });
  fc.assert(
    fc.property(indexes, (revoked) => {
      const bits = statusBits(revoked);
      const set = [...bits].flatMap((byte, at) =>
        [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => at * 8 + bit),
      );
      assert.deepEqual(
        set,
        revoked.toSorted((one, other) => one - other),
      );
    }),
  );
  assert.deepEqual([...statusBits([0, 9]).slice(0, 2)], [1, 2]);
});

test('a place outside a list is refused', () => {
  assert.throws(() => statusBits([leasesPerList]), RangeError);
  assert.throws(() => statusBits([-1]), RangeError);
});
