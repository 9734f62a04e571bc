import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './calendar-date.ts';
import type { Allotment } from './storage.ts';
import { defaultFreeStorageBytes, freeStorageBytes, quotaBytes, quotaParts } from './storage.ts';
import { phaseOn } from './subscription.ts';
import { anyDay, day, idOf } from './tests/values.ts';

const GIBIBYTE = 1024 ** 3;
const endsOn = day('2026-11-24');

const allotment = (serial: number, bytes: number): Allotment => ({
  id: idOf('alm', serial),
  subscriptionId: idOf('sub', serial),
  bytes,
  term: { endsOn, graceDays: 30, suspendedDays: 90 },
});

const phases = [
  [0, 'active', 22],
  [30, 'grace', 22],
  [31, 'suspended', 2],
  [120, 'suspended', 2],
  [121, 'terminated', 2],
] as const;

for (const [days, phase, gibibytes] of phases) {
  test(`${days} days after the term (${phase}) the quota is ${gibibytes} GiB`, () => {
    const parts = quotaParts(defaultFreeStorageBytes, [allotment(1, 20 * GIBIBYTE)], addDays(endsOn, days));
    assert.equal(quotaBytes(parts), gibibytes * GIBIBYTE);
    assert.deepEqual(parts, [
      { kind: 'free', bytes: 2 * GIBIBYTE },
      {
        kind: 'subscription',
        subscriptionId: idOf('sub', 1),
        allotmentId: idOf('alm', 1),
        bytes: 20 * GIBIBYTE,
        phase,
        counts: gibibytes === 22,
      },
    ]);
  });
}

const anyAllotments = fc
  .array(fc.record({ bytes: fc.nat(2 ** 40), endsOn: anyDay, graceDays: fc.nat(40) }), { maxLength: 10 })
  .map((rows) =>
    rows.map(({ bytes, ...term }, index) => ({ ...allotment(index, bytes), term: { ...term, suspendedDays: 90 } })),
  );

test('the quota is the free storage and what works, and every allotment is shown', () => {
  fc.assert(
    fc.property(anyAllotments, fc.nat(2 ** 40), anyDay, (allotments, free, today) => {
      const parts = quotaParts(free, allotments, today);
      const working = allotments.filter(({ term }) => ['active', 'grace'].includes(phaseOn(term, today)));
      assert.equal(parts.length, allotments.length + 1);
      assert.equal(
        quotaBytes(parts),
        working.reduce((total, { bytes }) => total + bytes, free),
      );
    }),
  );
});

test('without renewal a quota only shrinks, down to the free storage', () => {
  fc.assert(
    fc.property(anyAllotments, anyDay, fc.nat(400), (allotments, today, days) => {
      const on = (date: typeof today): number => quotaBytes(quotaParts(GIBIBYTE, allotments, date));
      assert.ok(on(addDays(today, days)) <= on(today));
      assert.equal(on(day('2999-01-01')), GIBIBYTE);
    }),
  );
});

test('the first three teams of an owner have free storage', () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((ordinal) => freeStorageBytes(ordinal)),
    [2, 2, 2, 0].map((count) => count * GIBIBYTE),
  );
  assert.equal(freeStorageBytes(3, GIBIBYTE), GIBIBYTE);
});

test('a quota beyond exact counting throws', () => {
  const parts = quotaParts(1, [allotment(1, Number.MAX_SAFE_INTEGER)], endsOn);
  assert.throws(() => quotaBytes(parts), RangeError);
});
