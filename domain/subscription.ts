import type { CalendarDate } from './calendar-date.ts';
import { addDays, addMonths } from './calendar-date.ts';

/** Where a subscription stands on a day. `grace` works with a warning; `suspended` keeps its holders but does not work. */
export type SubscriptionPhase = 'active' | 'grace' | 'suspended' | 'terminated';

/** A stretch of the calendar; both days belong to it. */
export type Term = { readonly startsOn: CalendarDate; readonly endsOn: CalendarDate };

/** What decides a subscription's phase: the last day of its term, and what its product grants after it. */
export type SubscriptionTerm = {
  readonly endsOn: CalendarDate;
  readonly graceDays: number;
  readonly suspendedDays: number;
};

const dayOfMonth = (date: CalendarDate): string => date.slice(8);

/**
 * The term of so many whole months that starts on a day.
 *
 * It ends on the day before the same day of the month. Where the last month has no such day it ends with
 * that month: from 31 January one month lasts to 28 February, so nobody is sold a day too few.
 */
export const termFor = (startsOn: CalendarDate, months: number): Term => {
  const sameDay = addMonths(startsOn, months);
  return { startsOn, endsOn: dayOfMonth(sameDay) === dayOfMonth(startsOn) ? addDays(sameDay, -1) : sameDay };
};

/** The last day on which the subscription works without renewal: the last one of its grace. */
export const lastUsableDay = ({ endsOn, graceDays }: SubscriptionTerm): CalendarDate => addDays(endsOn, graceDays);

/** The phase of a subscription on a day. Each phase lasts through its whole last day. */
export const phaseOn = (term: SubscriptionTerm, today: CalendarDate): SubscriptionPhase => {
  if (today <= term.endsOn) return 'active';
  if (today <= lastUsableDay(term)) return 'grace';
  return today <= addDays(lastUsableDay(term), term.suspendedDays) ? 'suspended' : 'terminated';
};

/** Whether licences and storage of a subscription in this phase work. */
export const usable = (phase: SubscriptionPhase): boolean => phase === 'active' || phase === 'grace';

/** A phase and its first day. */
export type PhaseChange = { readonly phase: SubscriptionPhase; readonly on: CalendarDate };

/** The next phase that comes without renewal, with its first day. A phase of no days is skipped; nothing follows `terminated`. */
export const nextChange = (term: SubscriptionTerm, today: CalendarDate): PhaseChange | undefined => {
  const ends = [term.endsOn, lastUsableDay(term), addDays(lastUsableDay(term), term.suspendedDays)];
  const end = ends.find((lastDay) => today <= lastDay);
  if (end === undefined) return undefined;
  const on = addDays(end, 1);
  return { phase: phaseOn(term, on), on };
};
