import type { CalendarDate } from './calendar-date.ts';
import { daysBetween } from './calendar-date.ts';
import type { SubscriptionTerm } from './subscription.ts';
import { phaseOn } from './subscription.ts';

/** What people are told on the way to the end of a term, in the order in which it comes. */
export const termSteps = ['running', 'ending60', 'ending30', 'ending7', 'grace', 'suspended', 'terminated'] as const;

export type TermStep = (typeof termSteps)[number];

const reminders = [
  { days: 7, step: 'ending7' },
  { days: 30, step: 'ending30' },
  { days: 60, step: 'ending60' },
] as const;

/** The step that a subscription stands at on a day. Steps that nobody looked at in between are passed over. */
export const termStepOn = (term: SubscriptionTerm, today: CalendarDate): TermStep => {
  const phase = phaseOn(term, today);
  if (phase !== 'active') return phase;
  const left = daysBetween(today, term.endsOn);
  return reminders.find(({ days }) => left <= days)?.step ?? 'running';
};

/** Whether a step comes after another; what was told once is not told again. */
export const comesAfter = (step: TermStep, earlier: TermStep): boolean =>
  termSteps.indexOf(step) > termSteps.indexOf(earlier);
