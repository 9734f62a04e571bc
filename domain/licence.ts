import type { CalendarDate } from './calendar-date.ts';
import type { Decision } from './decision.ts';
import { granted, refused } from './decision.ts';
import type { LicenceId, MemberId, SubscriptionId } from './id.ts';
import type { SubscriptionTerm } from './subscription.ts';
import { phaseOn, usable } from './subscription.ts';
import type { Member } from './team.ts';

/** A numbered licence. It has a holder, or is reserved for somebody invited, or is free: never two of these. */
export type Licence = {
  readonly id: LicenceId;
  readonly subscriptionId: SubscriptionId;
  /** Counts from 1 within its subscription. */
  readonly number: number;
  readonly holderId: MemberId | null;
  readonly reservedForId: MemberId | null;
};

/** A subscription as giving out its licences sees it. */
export type LicenceSubscription = SubscriptionTerm & { readonly id: SubscriptionId };

/** All licences of one product in one team. Nothing of another team is ever among them (rule 4). */
export type LicencePool = {
  readonly licences: readonly Licence[];
  readonly subscriptions: readonly LicenceSubscription[];
  readonly today: CalendarDate;
};

/** Who takes a licence up: an accepted member holds it, an invited one has it reserved. */
export type Assignment = 'holding' | 'reservation';

/** Whoever has the licence, by holding or by reservation. */
export const takerOf = ({ holderId, reservedForId }: Pick<Licence, 'holderId' | 'reservedForId'>): MemberId | null =>
  holderId ?? reservedForId;

const usableSubscriptions = ({ subscriptions, today }: LicencePool): readonly LicenceSubscription[] =>
  subscriptions.filter((one) => usable(phaseOn(one, today)));

/** The one that ends last comes first; of two that end together, the older one by its id. */
const byEnd = (one: LicenceSubscription, other: LicenceSubscription): number => {
  if (one.endsOn !== other.endsOn) return one.endsOn > other.endsOn ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/**
 * Chooses the licence that a tick gives: the lowest free number in the subscription that ends last.
 *
 * Suspended and terminated subscriptions never give. A reservation counts as taken: otherwise two
 * administrators could both promise the last one while their invitations are under way.
 */
export const chooseLicence = (pool: LicencePool): Licence | undefined => {
  for (const subscription of usableSubscriptions(pool).toSorted(byEnd)) {
    const free = pool.licences
      .filter((licence) => licence.subscriptionId === subscription.id && takerOf(licence) === null)
      .toSorted((one, other) => one.number - other.number);
    if (free[0] !== undefined) return free[0];
  }
  return undefined;
};

/** The usable licence that a member holds or has reserved; rule 2 says there is at most one. */
export const findUsableLicence = (pool: LicencePool, memberId: MemberId): Licence | undefined => {
  const working = new Set(usableSubscriptions(pool).map(({ id }) => id));
  return pool.licences.find((licence) => takerOf(licence) === memberId && working.has(licence.subscriptionId));
};

/** A member as giving sees it. */
export type Taker = Pick<Member, 'id' | 'state'>;

export type TakerRefusal = 'memberNotFound' | 'memberRemoved' | 'alreadyHolds';

const assignmentFor = (member: Taker): Assignment => (member.state === 'accepted' ? 'holding' : 'reservation');

const decideTaker = (pool: LicencePool, member: Taker | undefined): Decision<Taker, TakerRefusal> => {
  if (member === undefined) return refused('memberNotFound');
  if (member.state === 'removed') return refused('memberRemoved');
  const has = findUsableLicence(pool, member.id);
  return has === undefined ? granted(member) : refused('alreadyHolds', { licenceId: has.id });
};

/** What giving a licence depends on. */
export type GiveFacts = LicencePool & {
  readonly team: { readonly claimed: boolean };
  readonly member: Taker | undefined;
};

export type GiveRefusal = TakerRefusal | 'teamUnclaimed' | 'noUsableSubscription' | 'licencesExhausted';

/** A licence that was given, and how. */
export type GivenLicence = { readonly licence: Licence; readonly assignment: Assignment };

/**
 * Decides which licence a member gets; somebody invited gets a reservation.
 *
 * @returns The refusal that the caller can act on first: claim the team, pick another member,
 *   renew or buy, and only then free a licence.
 */
export const decideGive = (facts: GiveFacts): Decision<GivenLicence, GiveRefusal> => {
  if (!facts.team.claimed) return refused('teamUnclaimed');
  const taker = decideTaker(facts, facts.member);
  if (!taker.ok) return taker;
  if (usableSubscriptions(facts).length === 0) return refused('noUsableSubscription');
  const licence = chooseLicence(facts);
  return licence === undefined
    ? refused('licencesExhausted')
    : granted({ licence, assignment: assignmentFor(taker.value) });
};

export type TakeRefusal = 'licenceNotFound' | 'licenceNotHeld' | 'holderChanged';

/** A licence that was taken back, and what that ended. */
export type TakenLicence = { readonly licence: Licence; readonly from: MemberId; readonly ended: Assignment };

/**
 * Decides whether a licence is taken back, or its reservation withdrawn. A suspended one may be taken too.
 *
 * @param seenHolderId The member whom the caller saw with the licence: a caller who looked
 *   before somebody else's change must not take it from the new holder.
 */
export const decideTake = (
  licence: Licence | undefined,
  seenHolderId: MemberId,
): Decision<TakenLicence, TakeRefusal> => {
  if (licence === undefined) return refused('licenceNotFound');
  const from = takerOf(licence);
  if (from === null) return refused('licenceNotHeld');
  if (from !== seenHolderId) return refused('holderChanged');
  return granted({ licence, from, ended: licence.holderId === null ? 'reservation' : 'holding' });
};

/** What moving a licence depends on. */
export type MoveFacts = LicencePool & {
  readonly team: { readonly claimed: boolean };
  readonly licence: Licence | undefined;
  /** The member whom the caller saw with the licence. */
  readonly seenHolderId: MemberId;
  readonly to: Taker | undefined;
};

export type MoveRefusal = TakerRefusal | TakeRefusal | 'teamUnclaimed' | 'sameMember' | 'noUsableSubscription';

/** A licence that moved in one step. */
export type MovedLicence = TakenLicence & { readonly to: MemberId; readonly assignment: Assignment };

/**
 * Decides whether a licence moves from one member to another in one step (rule 5).
 *
 * @returns The refusal that the caller can act on first: what is wrong with the command itself,
 *   then what somebody else changed, then the new member, then the subscription.
 */
export const decideMove = (facts: MoveFacts): Decision<MovedLicence, MoveRefusal> => {
  if (!facts.team.claimed) return refused('teamUnclaimed');
  if (facts.to?.id === facts.seenHolderId) return refused('sameMember');
  const taken = decideTake(facts.licence, facts.seenHolderId);
  if (!taken.ok) return taken;
  const taker = decideTaker(facts, facts.to);
  if (!taker.ok) return taker;
  const working = usableSubscriptions(facts).some(({ id }) => id === taken.value.licence.subscriptionId);
  if (!working) return refused('noUsableSubscription');
  return granted({ ...taken.value, to: taker.value.id, assignment: assignmentFor(taker.value) });
};

/** A licence taken up by its member: the one place where holder and reservation are set together. */
export const assigned = (licence: Licence, memberId: MemberId, assignment: Assignment): Licence => ({
  ...licence,
  holderId: assignment === 'holding' ? memberId : null,
  reservedForId: assignment === 'reservation' ? memberId : null,
});

/** A licence that nobody has. */
export const freed = (licence: Licence): Licence => ({ ...licence, holderId: null, reservedForId: null });

/** One holder's way from a licence that stopped working to a free one that works. */
export type Relocation = {
  readonly memberId: MemberId;
  readonly from: Licence;
  readonly to: Licence;
  readonly assignment: Assignment;
};

/**
 * Plans where the people of subscriptions that no longer work go: to free licences of the same product in the team.
 *
 * Holders go before reservations and low numbers before high ones, so that a rerun plans the same.
 * Whoever finds none free stays, for as long as the subscription is suspended.
 */
export const planRelocations = (pool: LicencePool): readonly Relocation[] => {
  const working = new Set(usableSubscriptions(pool).map(({ id }) => id));
  const stranded = pool.licences
    .filter((licence) => takerOf(licence) !== null && !working.has(licence.subscriptionId))
    .toSorted(
      (one, other) => Number(one.holderId === null) - Number(other.holderId === null) || one.number - other.number,
    );
  const relocations: Relocation[] = [];
  let licences = pool.licences;
  for (const from of stranded) {
    const memberId = takerOf(from);
    const to = chooseLicence({ ...pool, licences });
    if (to === undefined) break;
    if (memberId === null || findUsableLicence({ ...pool, licences }, memberId) !== undefined) continue;
    const assignment = from.holderId === null ? 'reservation' : 'holding';
    relocations.push({ memberId, from, to, assignment });
    licences = licences.map((one) => (one.id === to.id ? assigned(to, memberId, assignment) : one));
  }
  return relocations;
};
