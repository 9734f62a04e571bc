import type { CalendarDate } from './calendar-date.ts';
import type { Entitlement } from './entitlement.ts';
import { decideEntitlement } from './entitlement.ts';
import type { SubscriptionTerm } from './subscription.ts';
import { lastUsableDay, phaseOn, usable } from './subscription.ts';
import type { WhyCheck, WhyData } from './why-check.ts';
import type { WhyCheckName, WhyCode, WhyState } from './why-code.ts';
import type { WhyFacts } from './why-fact.ts';
import type { Remedy } from './why-remedy.ts';
import { decideRemedy } from './why-remedy.ts';

type Finding<Name extends WhyCheckName> = readonly [state: WhyState, code: WhyCode<Name>, data?: WhyData];

/** Why somebody may or may not work, check by check, and the one thing to do; null where nothing is to be done. */
export type Why = {
  readonly decision: boolean;
  readonly reason: Entitlement['reason'];
  readonly checks: readonly WhyCheck[];
  readonly remedy: Remedy | null;
};

/** A clock may be as wrong as this without harm. */
const CLOCK_SECONDS = 300;

/** Whether an address that was only invited has an account is nobody's business in the team. */
const account = ({ entitlement, reader }: WhyFacts): Finding<'account'> => {
  if (!reader.isPerson && entitlement.member?.state !== 'accepted') return ['unknown', 'notAsked'];
  if (entitlement.account === undefined) return ['problem', 'missing'];
  return entitlement.account.confirmed ? ['ok', 'confirmed'] : ['problem', 'notConfirmed'];
};

const invitation = (facts: WhyFacts, today: CalendarDate): Finding<'invitation'> => {
  const { invitationEndsOn: endsOn, removedAt } = facts;
  const state = facts.entitlement.member?.state;
  if (state === undefined) return ['ok', 'none'];
  if (state === 'removed' && facts.acceptedAt === undefined)
    return ['problem', 'ended', removedAt === undefined ? {} : { at: removedAt }];
  if (state !== 'invited') return ['ok', 'accepted'];
  if (facts.claims) return ['problem', 'claim'];
  if (endsOn === undefined) return ['problem', 'open'];
  return today > endsOn ? ['problem', 'ended', { on: endsOn }] : ['problem', 'open', { until: endsOn }];
};

const membership = ({ entitlement, acceptedAt, removedAt }: WhyFacts): Finding<'membership'> => {
  const { member, teamKnown } = entitlement;
  if (member === undefined || !teamKnown) return ['problem', 'notMember'];
  if (member.state === 'accepted') return ['ok', 'member', acceptedAt === undefined ? {} : { at: acceptedAt }];
  if (member.state === 'invited' || acceptedAt === undefined) return ['unknown', 'notYet'];
  return ['problem', 'removed', removedAt === undefined ? {} : { at: removedAt }];
};

const ofAssignment = ({ entitlement }: WhyFacts, wanted: 'holding' | 'reservation'): SubscriptionTerm[] =>
  entitlement.licences.filter(({ assignment }) => assignment === wanted).map(({ term }) => term);

const works = (terms: readonly SubscriptionTerm[], today: CalendarDate): boolean =>
  terms.some((term) => usable(phaseOn(term, today)));

const licence = (facts: WhyFacts, today: CalendarDate): Finding<'licence'> => {
  const { member, productKnown, subscriptions } = facts.entitlement;
  if (!productKnown) return ['problem', 'productUnknown'];
  if (member?.state === 'invited' && works(ofAssignment(facts, 'reservation'), today)) return ['ok', 'reserved'];
  if (member?.state !== 'accepted') return ['unknown', 'notAsked'];
  const held = ofAssignment(facts, 'holding');
  if (works(held, today)) return ['ok', 'held'];
  if (held.length > 0) return ['problem', 'stopped'];
  if (subscriptions.length === 0) return ['problem', 'noSubscription'];
  return ['problem', facts.free > 0 ? 'none' : 'noneFree'];
};

/** The term that speaks for all: of those that work the longest, else a suspended one before one that is over. */
const speaking = (terms: readonly SubscriptionTerm[], today: CalendarDate): SubscriptionTerm | undefined => {
  const ranks = { active: 2, grace: 2, suspended: 1, terminated: 0 };
  const rank = (term: SubscriptionTerm) => ranks[phaseOn(term, today)];
  return terms.toSorted(
    (one, other) => rank(other) - rank(one) || (lastUsableDay(one) < lastUsableDay(other) ? 1 : -1),
  )[0];
};

const term = (facts: WhyFacts, today: CalendarDate): Finding<'term'> => {
  const { member, subscriptions, teamKnown, productKnown } = facts.entitlement;
  const own = ofAssignment(facts, 'holding');
  const found = speaking(own.length > 0 ? own : subscriptions, today);
  if (member?.state !== 'accepted' || !teamKnown || !productKnown || found === undefined)
    return ['unknown', 'notAsked'];
  const data = { on: found.endsOn, until: lastUsableDay(found) };
  const phase = phaseOn(found, today);
  if (phase === 'terminated') return ['problem', 'ended', data];
  return [phase === 'suspended' ? 'problem' : 'ok', phase, data];
};

/** An order is a problem where it is what the person waits for: no licence could be given before. */
const order = (facts: WhyFacts, today: CalendarDate): Finding<'order'> => {
  if (facts.entitlement.member?.state !== 'accepted') return ['unknown', 'notAsked'];
  if (facts.order === undefined) return ['ok', 'none'];
  const { waitsFor, number } = facts.order;
  const isMissed = ['stopped', 'noneFree', 'noSubscription'].includes(licence(facts, today)[1]) && facts.free === 0;
  return [isMissed ? 'problem' : 'ok', waitsFor, number === undefined ? {} : { orderNumber: number }];
};

const otherTeam = ({ reader, otherTeam: other }: WhyFacts, isGranted: boolean): Finding<'otherTeam'> => {
  if (!reader.isPerson) return ['unknown', 'notAsked'];
  return isGranted || other === undefined ? ['ok', 'none'] : ['problem', 'found', other];
};

const lease = ({ lease: last }: WhyFacts): Finding<'lease'> =>
  last === undefined ? ['unknown', 'none'] : ['ok', last.isRevoked ? 'runsOut' : 'live', { at: last.until }];

const clock = ({ clockOffsetSeconds: seconds }: WhyFacts): Finding<'clock'> => {
  if (seconds === undefined) return ['unknown', 'notAsked'];
  return Math.abs(seconds) > CLOCK_SECONDS ? ['problem', 'off', { seconds }] : ['ok', 'right', { seconds }];
};

const contact = (facts: WhyFacts, isGranted: boolean): Finding<'contact'> => {
  const { contact: last, lease: leased, leaseSeconds } = facts;
  if (last === undefined) return [isGranted ? 'problem' : 'unknown', 'never'];
  const data = { at: last.at, ...(last.place !== undefined && { place: last.place }) };
  if (!isGranted || last.state === undefined) return ['ok', 'seen', data];
  if (last.state === 'locked') return ['problem', 'notPickedUp', data];
  const isSilent = (leased === undefined || leased.isRevoked) && last.secondsAgo > leaseSeconds;
  return isSilent ? ['problem', 'silent', data] : ['ok', 'pickedUp', data];
};

/**
 * Explains why a person may or may not use a product in a team, from what {@link decideEntitlement} decides by.
 *
 * A "no" has at least one problem and one remedy. A "yes" has no problem with account, team, licence, term or order, but may
 * have one with the person's clock or with an application that has not picked it up.
 *
 * @param today The calendar date in the vendor's time zone; callers own the clock.
 */
export const decideWhy = (facts: WhyFacts, today: CalendarDate): Why => {
  const { decision, reason } = decideEntitlement(facts.entitlement, today);
  const isGranted = decision === 'granted';
  const findings: { readonly [Name in WhyCheckName]: Finding<Name> } = {
    account: account(facts),
    invitation: invitation(facts, today),
    membership: membership(facts),
    licence: licence(facts, today),
    otherTeam: otherTeam(facts, isGranted),
    term: term(facts, today),
    order: order(facts, today),
    lease: lease(facts),
    clock: clock(facts),
    contact: contact(facts, isGranted),
  };
  // Each finding stands under its own check's name; Object.entries forgets which codes belong to it.
  const checks = Object.entries(findings).map(
    ([check, [state, code, data = {}]]) => ({ check, state, code, data }) as WhyCheck,
  );
  return { decision: isGranted, reason, checks, remedy: decideRemedy(checks, facts) };
};
