import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CalendarDate } from './calendar-date.ts';
import { addDays, addMonths, compareDates, dateIn, daysBetween, parseCalendarDate } from './calendar-date.ts';

const day = (text: string): CalendarDate => {
  const date = parseCalendarDate(text);
  assert.ok(date, `${text} is a date`);
  return date;
};

const anyDate = fc.integer({ min: 0, max: 100_000 }).map((days) => addDays(day('1970-01-01'), days));
const days = fc.integer({ min: -40_000, max: 40_000 });
const months = fc.integer({ min: 0, max: 600 });

for (const text of ['2026-11-24', '2028-02-29', '2000-02-29', '0000-01-01', '9999-12-31']) {
  test(`${text} is a date`, () => assert.equal(parseCalendarDate(text), text));
}

for (const text of [
  '',
  '2026-02-29',
  '2026-02-30',
  '1900-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-1-1',
  '20261124',
  ' 2026-11-24',
  '2026-11-24\n',
  '2026-11-24T00:00',
  '12026-11-24',
]) {
  test(`'${text}' is no date`, () => assert.equal(parseCalendarDate(text), undefined));
}

test('days add up and count back', () => {
  fc.assert(
    fc.property(anyDate, days, (date, count) => {
      const later = addDays(date, count);
      assert.equal(daysBetween(date, later), count);
      assert.equal(addDays(later, -count), date);
      assert.equal(compareDates(date, later), -Math.sign(count) + 0);
    }),
  );
});

test('months keep the day or clamp to the last one', () => {
  fc.assert(
    fc.property(anyDate, months, (date, count) => {
      const later = addMonths(date, count);
      const monthNumber = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      assert.equal(monthNumber(later) - monthNumber(date), count);
      if (later.slice(8) !== date.slice(8)) {
        assert.ok(later.slice(8) < date.slice(8));
        assert.equal(addDays(later, 1).slice(8), '01');
      }
    }),
  );
});

const clamped = [
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-05-31', 0, '2026-05-31'],
] as const;

for (const [from, count, to] of clamped) {
  test(`${from} and ${count} months are ${to}`, () => assert.equal(addMonths(day(from), count), to));
}

const moments = [
  ['Europe/Berlin', '2026-11-24T22:59:59.999Z', '2026-11-24'],
  ['Europe/Berlin', '2026-11-24T23:00:00.000Z', '2026-11-25'],
  ['Europe/Berlin', '2026-07-01T21:59:59.999Z', '2026-07-01'],
  ['Europe/Berlin', '2026-07-01T22:00:00.000Z', '2026-07-02'],
  ['America/Los_Angeles', '2026-01-01T07:59:59.000Z', '2025-12-31'],
  ['Pacific/Kiritimati', '2026-12-31T10:00:00.000Z', '2027-01-01'],
] as const;

for (const [zone, moment, date] of moments) {
  test(`${moment} is ${date} in ${zone}`, () => assert.equal(dateIn(zone, new Date(moment)), date));
}

test('in UTC the date is the front of the ISO text', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (moment) => {
        assert.equal(dateIn('UTC', moment), moment.toISOString().slice(0, 10));
      },
    ),
  );
});

test('a zone that is none and days beyond the calendar throw', () => {
  assert.throws(() => dateIn('Europe/Atlantis', new Date(0)), RangeError);
  assert.throws(() => addDays(day('9999-12-31'), 1), RangeError);
  assert.throws(() => addDays(day('0000-01-01'), -1), RangeError);
  assert.throws(() => addMonths(day('9999-12-31'), 1), RangeError);
  assert.throws(() => addDays(day('2026-11-24'), Number.NaN), RangeError);
});
