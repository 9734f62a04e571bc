import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CalendarDate } from './calendar-date.ts';
import { addDays, daysBetween, parseCalendarDate } from './calendar-date.ts';
import type { SubscriptionTerm } from './subscription.ts';
import { lastUsableDay, nextChange, phaseOn, termFor, usable } from './subscription.ts';

const day = (text: string): CalendarDate => {
  const date = parseCalendarDate(text);
  assert.ok(date, `${text} is a date`);
  return date;
};

const anyDate = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(day('2000-01-01'), days));
const anyTerm: fc.Arbitrary<SubscriptionTerm> = fc.record({
  endsOn: anyDate,
  graceDays: fc.nat(60),
  suspendedDays: fc.nat(120),
});

const order = ['active', 'grace', 'suspended', 'terminated'] as const;

test('phases only go forward, and only by calendar', () => {
  fc.assert(
    fc.property(anyTerm, fc.integer({ min: -300, max: 300 }), fc.nat(300), (term, offset, wait) => {
      const today = addDays(term.endsOn, offset);
      const before = order.indexOf(phaseOn(term, today));
      assert.ok(before <= order.indexOf(phaseOn(term, addDays(today, wait))));
    }),
  );
});

test('each phase lasts exactly its days', () => {
  fc.assert(
    fc.property(anyTerm, (term) => {
      const lasting = (phase: string): number =>
        Array.from({ length: 200 }, (_, days) => phaseOn(term, addDays(term.endsOn, days + 1))).filter(
          (one) => one === phase,
        ).length;
      assert.equal(lasting('active'), 0);
      assert.equal(lasting('grace'), term.graceDays);
      assert.equal(lasting('suspended'), term.suspendedDays);
      assert.equal(phaseOn(term, term.endsOn), 'active');
    }),
  );
});

test('the next change is the first day with another phase', () => {
  fc.assert(
    fc.property(anyTerm, fc.integer({ min: -50, max: 250 }), (term, offset) => {
      const today = addDays(term.endsOn, offset);
      const next = nextChange(term, today);
      if (next === undefined) {
        assert.equal(phaseOn(term, today), 'terminated');
        return;
      }
      assert.equal(phaseOn(term, next.on), next.phase);
      assert.equal(phaseOn(term, addDays(next.on, -1)), phaseOn(term, today));
      assert.notEqual(next.phase, phaseOn(term, today));
    }),
  );
});

test('it works on its last usable day and not on the day after', () => {
  fc.assert(
    fc.property(anyTerm, (term) => {
      assert.equal(usable(phaseOn(term, lastUsableDay(term))), true);
      assert.equal(usable(phaseOn(term, addDays(lastUsableDay(term), 1))), false);
    }),
  );
});

const terms = [
  ['2026-11-24', 12, '2027-11-23'],
  ['2026-01-01', 12, '2026-12-31'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-01-30', 1, '2026-02-28'],
  ['2026-01-29', 1, '2026-02-28'],
  ['2026-01-28', 1, '2026-02-27'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-03-01', 1, '2026-03-31'],
  ['2026-11-24', 36, '2029-11-23'],
] as const;

for (const [startsOn, months, endsOn] of terms) {
  test(`${months} months from ${startsOn} end on ${endsOn}`, () => {
    assert.deepEqual(termFor(day(startsOn), months), { startsOn, endsOn });
  });
}

test('a term lasts as long as the shortest months allow and a longer one never ends earlier', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (startsOn, months) => {
      const { endsOn } = termFor(startsOn, months);
      const length = daysBetween(startsOn, endsOn) + 1;
      assert.ok(length >= months * 28 && length <= months * 31);
      assert.ok(endsOn < termFor(startsOn, months + 1).endsOn);
      assert.ok(endsOn <= termFor(addDays(startsOn, 1), months).endsOn);
    }),
  );
});
