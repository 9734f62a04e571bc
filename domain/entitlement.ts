import type { CalendarDate } from './calendar-date.ts';
import type { LicenceId } from './id.ts';
import type { Assignment } from './licence.ts';
import type { SubscriptionPhase, SubscriptionTerm } from './subscription.ts';
import { lastUsableDay, phaseOn, usable } from './subscription.ts';
import type { MemberState } from './team.ts';

/** Why a person may use a product: within the term, or in the grace after it, which calls for a warning. */
export const grantedReasons = ['held', 'grace'] as const;

/** Why a person may not: each names what can be acted on first, in the order in which it is asked. */
export const refusedReasons = [
  'accountUnknown',
  'accountNotConfirmed',
  'productUnknown',
  'teamNotFound',
  'notMember',
  'removed',
  'reserved',
  'invited',
  'suspended',
  'ended',
  'noSubscription',
  'noLicence',
] as const;

export type GrantedReason = (typeof grantedReasons)[number];
export type RefusedReason = (typeof refusedReasons)[number];

/** The answer to "may this account use this product in this team now?". */
export type Entitlement =
  | {
      readonly decision: 'granted';
      readonly reason: GrantedReason;
      /** The last calendar date on which it works without renewal. */
      readonly until: CalendarDate;
      readonly licenceId: LicenceId;
    }
  | { readonly decision: 'refused'; readonly reason: RefusedReason; readonly until: null; readonly licenceId: null };

/** A licence that the member has, with the term of its subscription. */
export type TakenTerm = {
  readonly licenceId: LicenceId;
  readonly assignment: Assignment;
  readonly term: SubscriptionTerm;
};

/** Everything that the answer depends on. All of it is of the one team that was asked about (rule 4). */
export type EntitlementFacts = {
  readonly account: { readonly confirmed: boolean } | undefined;
  readonly productKnown: boolean;
  readonly teamKnown: boolean;
  readonly member: { readonly state: MemberState } | undefined;
  /** The product's licences that this member holds or has reserved. */
  readonly licences: readonly TakenTerm[];
  /** The terms of the product's subscriptions in the team. */
  readonly subscriptions: readonly SubscriptionTerm[];
};

const no = (reason: RefusedReason): Entitlement => ({ decision: 'refused', reason, until: null, licenceId: null });

const refusalOfPerson = (facts: EntitlementFacts): RefusedReason | undefined => {
  if (facts.account === undefined) return 'accountUnknown';
  if (!facts.account.confirmed) return 'accountNotConfirmed';
  if (!facts.productKnown) return 'productUnknown';
  if (!facts.teamKnown) return 'teamNotFound';
  if (facts.member === undefined) return 'notMember';
  return facts.member.state === 'removed' ? 'removed' : undefined;
};

const bestOf = (licences: readonly TakenTerm[], assignment: Assignment, today: CalendarDate): TakenTerm | undefined =>
  licences
    .filter((one) => one.assignment === assignment && usable(phaseOn(one.term, today)))
    .reduce<TakenTerm | undefined>(
      (best, one) => (best === undefined || lastUsableDay(one.term) > lastUsableDay(best.term) ? one : best),
      undefined,
    );

const refusalOfTerms = (terms: readonly SubscriptionTerm[], today: CalendarDate): RefusedReason | undefined => {
  const phases = new Set<SubscriptionPhase>(terms.map((term) => phaseOn(term, today)));
  if (phases.has('active') || phases.has('grace')) return undefined;
  if (phases.has('suspended')) return 'suspended';
  return phases.has('terminated') ? 'ended' : undefined;
};

/**
 * Decides whether a person may use a product in a team on a day. The one function that answers this question.
 *
 * Somebody invited learns `reserved` where accepting is all that is missing, and `invited` otherwise.
 * A held licence that stopped working tells of its own subscription before the team's others.
 *
 * @param today The calendar date in the vendor's time zone; callers own the clock.
 */
export const decideEntitlement = (facts: EntitlementFacts, today: CalendarDate): Entitlement => {
  const person = refusalOfPerson(facts);
  if (person !== undefined) return no(person);
  if (facts.member?.state === 'invited')
    return no(bestOf(facts.licences, 'reservation', today) ? 'reserved' : 'invited');
  const held = bestOf(facts.licences, 'holding', today);
  if (held !== undefined) {
    const reason = phaseOn(held.term, today) === 'active' ? 'held' : 'grace';
    return { decision: 'granted', reason, until: lastUsableDay(held.term), licenceId: held.licenceId };
  }
  if (facts.subscriptions.length === 0) return no('noSubscription');
  const own = facts.licences.filter(({ assignment }) => assignment === 'holding').map(({ term }) => term);
  return no(refusalOfTerms(own, today) ?? refusalOfTerms(facts.subscriptions, today) ?? 'noLicence');
};
