import type { CalendarDate } from './calendar-date.ts';
import type { AllotmentId, SubscriptionId } from './id.ts';
import type { SubscriptionPhase, SubscriptionTerm } from './subscription.ts';
import { phaseOn, usable } from './subscription.ts';
import { teamsWithFreeStorage } from './team.ts';

/** The free storage of a team, unless the deployment says otherwise: 2 GiB. */
export const defaultFreeStorageBytes = 2 * 1024 ** 3;

/** Storage that a subscription adds to its team. */
export type Allotment = {
  readonly id: AllotmentId;
  readonly subscriptionId: SubscriptionId;
  readonly bytes: number;
  readonly term: SubscriptionTerm;
};

/** One part of a quota, for people who ask what it is made of. Parts that don't count are shown with their phase. */
export type QuotaPart =
  | { readonly kind: 'free'; readonly bytes: number }
  | {
      readonly kind: 'subscription';
      readonly subscriptionId: SubscriptionId;
      readonly allotmentId: AllotmentId;
      readonly bytes: number;
      readonly phase: SubscriptionPhase;
      readonly counts: boolean;
    };

/**
 * The free storage of a team.
 *
 * @param ordinal The team's place, from 1, among the teams of its owner by age: only the first three have some.
 */
export const freeStorageBytes = (ordinal: number, freeBytes: number = defaultFreeStorageBytes): number =>
  ordinal <= teamsWithFreeStorage ? freeBytes : 0;

/** What a team's quota is made of on a day: the free storage first, then the allotments in the order given. */
export const quotaParts = (
  freeBytes: number,
  allotments: readonly Allotment[],
  today: CalendarDate,
): readonly QuotaPart[] => [
  { kind: 'free', bytes: freeBytes },
  ...allotments.map(({ id, subscriptionId, bytes, term }): QuotaPart => {
    const phase = phaseOn(term, today);
    return { kind: 'subscription', subscriptionId, allotmentId: id, bytes, phase, counts: usable(phase) };
  }),
];

/**
 * A team's quota in bytes: the free storage and the allotments of subscriptions that are active or in grace.
 *
 * @throws RangeError where the sum is no safe integer.
 */
export const quotaBytes = (parts: readonly QuotaPart[]): number => {
  const bytes = parts.reduce((total, part) => total + (part.kind === 'free' || part.counts ? part.bytes : 0), 0);
  if (!Number.isSafeInteger(bytes)) throw new RangeError('A quota is more storage than can be counted');
  return bytes;
};
