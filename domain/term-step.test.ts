import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CalendarDate } from './calendar-date.ts';
import { addDays } from './calendar-date.ts';
import { comesAfter, termStepOn, termSteps } from './term-step.ts';
import { anyDay, day } from './tests/values.ts';

describe('the steps to the end of a term', () => {
  const term = { endsOn: day('2026-06-30'), graceDays: 30, suspendedDays: 90 };

  for (const [today, step] of [
    ['2026-04-30', 'running'],
    ['2026-05-01', 'ending60'],
    ['2026-05-30', 'ending60'],
    ['2026-05-31', 'ending30'],
    ['2026-06-23', 'ending7'],
    ['2026-06-30', 'ending7'],
    ['2026-07-01', 'grace'],
    ['2026-07-30', 'grace'],
    ['2026-07-31', 'suspended'],
    ['2026-10-28', 'suspended'],
    ['2026-10-29', 'terminated'],
  ] as const) {
    it(`is ${step} on ${today}`, () => assert.equal(termStepOn(term, day(today)), step));
  }

  it('never goes back as the days go by', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.nat(400),
        fc.nat(90),
        fc.nat(120),
        (endsOn: CalendarDate, before, graceDays, suspendedDays) => {
          const today = addDays(endsOn, -before);
          const one = { endsOn, graceDays, suspendedDays };
          const steps = Array.from({ length: before + graceDays + suspendedDays + 3 }, (_, days) =>
            termStepOn(one, addDays(today, days)),
          );
          for (const [index, step] of steps.slice(1).entries()) assert.ok(!comesAfter(steps[index] ?? 'running', step));
          assert.equal(steps.at(-1), 'terminated');
        },
      ),
      { numRuns: 50 },
    );
  });

  it('knows which comes after which', () => {
    for (const [index, step] of termSteps.entries()) {
      for (const [other, earlier] of termSteps.entries()) assert.equal(comesAfter(step, earlier), index > other);
    }
  });
});
