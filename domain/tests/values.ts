import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CalendarDate } from '../calendar-date.ts';
import { addDays, parseCalendarDate } from '../calendar-date.ts';
import type { EmailAddress } from '../email-address.ts';
import { parseEmailAddress } from '../email-address.ts';
import type { Id, IdPrefix } from '../id.ts';
import { formatId } from '../id.ts';

/** A date written in a test. */
export const day = (text: string): CalendarDate => {
  const date = parseCalendarDate(text);
  assert.ok(date, `${text} is a date`);
  return date;
};

/** The id with this serial number (0 to 255); a higher number sorts later. */
export const idOf = <Prefix extends IdPrefix>(prefix: Prefix, serial: number): Id<Prefix> =>
  formatId(prefix, new Uint8Array(16).fill(serial, 15));

/** An e-mail address written in a test. */
export const email = (text: string): EmailAddress => {
  const address = parseEmailAddress(text);
  assert.ok(address, `${text} is an e-mail address`);
  return address;
};

/** Any date of this century. */
export const anyDay = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays(day('2000-01-01'), days));
