import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultPolicy, storageBytesOf } from './product.ts';

const GIBIBYTE = 1024 ** 3;

test('a licence brings its included storage, whatever its unit says, and a storage product its units', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(50), fc.nat(50), (quantity, included, unit) => {
      const policy = { ...defaultPolicy('storage'), includedStorageBytes: included, unitBytes: unit };
      assert.equal(storageBytesOf({ kind: 'namedLicence', policy }, quantity), quantity * included);
      assert.equal(storageBytesOf({ kind: 'storage', policy }, quantity), quantity * unit);
    }),
  );
});

test('by default a licence brings 10 GiB and works 30 days beyond its term', () => {
  const policy = defaultPolicy('namedLicence');
  assert.equal(storageBytesOf({ kind: 'namedLicence', policy }, 3), 30 * GIBIBYTE);
  assert.deepEqual(
    [policy.graceDays, policy.suspendedDays, policy.leaseHours, policy.review, policy.proposal],
    [30, 90, 24, 'none', 'perCoreLicence'],
  );
});

test('storage beyond exact counting throws', () => {
  assert.throws(() => storageBytesOf({ kind: 'storage', policy: defaultPolicy('storage') }, 2 ** 24), RangeError);
});
