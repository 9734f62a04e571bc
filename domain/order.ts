import type { Decision } from './decision.ts';
import { granted, refused } from './decision.ts';
import type { EmailAddress } from './email-address.ts';
import type { OrderId, TeamId } from './id.ts';
import type { OfferState } from './offer.ts';
import { teamNameKey } from './team-name.ts';

/** The states of an order (TMF622). */
export const orderStates = [
  'acknowledged',
  'pending',
  'held',
  'inProgress',
  'completed',
  'failed',
  'cancelled',
] as const;

export type OrderState = (typeof orderStates)[number];

/** What an order item does to its subscription (TMF622): a renewal modifies, a cancellation deletes. */
export const orderItemActions = ['add', 'modify', 'delete'] as const;

export type OrderItemAction = (typeof orderItemActions)[number];

/** Where each state may lead. `completed` and `cancelled` lead nowhere: what was provisioned is never provisioned again. */
export const orderTransitions: Readonly<Record<OrderState, readonly OrderState[]>> = {
  acknowledged: ['inProgress', 'pending', 'held', 'cancelled'],
  pending: ['inProgress', 'held', 'cancelled'],
  held: ['inProgress', 'pending', 'cancelled'],
  inProgress: ['completed', 'failed', 'held'],
  failed: ['inProgress', 'pending', 'held', 'cancelled'],
  completed: [],
  cancelled: [],
};

/** Whether an order may go from one state to the other. */
export const orderMayBecome = (from: OrderState, to: OrderState): boolean => orderTransitions[from].includes(to);

/** Why an order waits for the customer. */
export type PendingReason =
  | 'teamAndOwnerUnknown'
  | 'teamNameUnknown'
  | 'ownerUnknown'
  | 'noTeamMatches'
  | 'severalTeamsMatch';

/** Why an order waits for the back office: the product says so, or the customer said "not us". */
export type HoldReason = 'review' | 'disputed';

/** A team of the order's customer, as matching sees it. */
export type TeamCandidate = {
  readonly id: TeamId;
  readonly name: string;
  readonly ownerEmail: EmailAddress;
};

/** The team that an order names. */
export type NamedTeam = { readonly teamName: string; readonly ownerEmail: EmailAddress };

/** What a search for the named team found. */
export type TeamMatch =
  | { readonly kind: 'match'; readonly teamId: TeamId }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly candidates: readonly TeamId[] };

/**
 * Finds the team that an order names among one customer's teams, by name and owner's address together.
 *
 * Callers pass this customer's teams only, so that a team of another customer answers exactly as no match.
 */
export const matchTeam = (customersTeams: readonly TeamCandidate[], named: NamedTeam): TeamMatch => {
  const key = teamNameKey(named.teamName);
  const found = customersTeams.filter((team) => teamNameKey(team.name) === key && team.ownerEmail === named.ownerEmail);
  const [first, ...others] = found;
  if (first === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'match', teamId: first.id }
    : { kind: 'several', candidates: found.map(({ id }) => id) };
};

/**
 * What an order says about its team: one that was chosen, a new one to make, or the name and owner of
 * one that exists, each perhaps not known yet.
 */
export type OrderTarget =
  | { readonly teamId: TeamId }
  | { readonly newTeam: NamedTeam }
  | { readonly teamName: string | undefined; readonly ownerEmail: EmailAddress | undefined };

/** Where an order's licences go. */
export type Destination =
  | { readonly kind: 'team'; readonly teamId: TeamId }
  | { readonly kind: 'newTeam'; readonly newTeam: NamedTeam };

/** Where an order's licences go, or why that is not known. */
export type TargetFinding =
  | Destination
  | { readonly kind: 'pending'; readonly reason: PendingReason; readonly candidates: readonly TeamId[] };

const waiting = (reason: PendingReason, candidates: readonly TeamId[] = []): TargetFinding => ({
  kind: 'pending',
  reason,
  candidates,
});

const findNamed = (
  named: NamedTeam,
  customersTeams: readonly TeamCandidate[],
  otherwise: TargetFinding,
): TargetFinding => {
  const match = matchTeam(customersTeams, named);
  if (match.kind === 'none') return otherwise;
  return match.kind === 'match'
    ? { kind: 'team', teamId: match.teamId }
    : waiting('severalTeamsMatch', match.candidates);
};

/**
 * Finds an order's team among its customer's teams.
 *
 * A new team that has the name and owner of one that exists is that one: whoever asks twice gets no second team.
 *
 * @returns Undefined where a chosen team is none of this customer's, whoever else's it may be.
 */
export const findTarget = (
  target: OrderTarget,
  customersTeams: readonly TeamCandidate[],
): TargetFinding | undefined => {
  if ('teamId' in target) {
    const chosen = customersTeams.find(({ id }) => id === target.teamId);
    return chosen && { kind: 'team', teamId: chosen.id };
  }
  if ('newTeam' in target) {
    return findNamed(target.newTeam, customersTeams, { kind: 'newTeam', newTeam: target.newTeam });
  }
  const { teamName, ownerEmail } = target;
  if (teamName === undefined) return waiting(ownerEmail === undefined ? 'teamAndOwnerUnknown' : 'teamNameUnknown');
  if (ownerEmail === undefined) return waiting('ownerUnknown');
  return findNamed({ teamName, ownerEmail }, customersTeams, waiting('noTeamMatches'));
};

/** The state in which an order goes on, with what belongs to it. A held order may not know its team yet. */
export type NextOrderState =
  | { readonly state: 'inProgress'; readonly destination: Destination }
  | { readonly state: 'held'; readonly destination: Destination | undefined; readonly reason: HoldReason }
  | { readonly state: 'pending'; readonly reason: PendingReason; readonly candidates: readonly TeamId[] };

/** What stands in the way of processing at once. */
export type OrderChecks = {
  /** Whether a product of the order wants the back office's look. */
  readonly review: boolean;
  /** Whether the customer said "not us" to the offer or the order. */
  readonly disputed: boolean;
};

/** A dispute comes before everything; then the team must be known, so that the back office looks at a whole order. */
const nextState = (finding: TargetFinding, { review, disputed }: OrderChecks): NextOrderState => {
  if (finding.kind === 'pending') {
    if (disputed) return { state: 'held', destination: undefined, reason: 'disputed' };
    return { state: 'pending', reason: finding.reason, candidates: finding.candidates };
  }
  if (disputed) return { state: 'held', destination: finding, reason: 'disputed' };
  if (review) return { state: 'held', destination: finding, reason: 'review' };
  return { state: 'inProgress', destination: finding };
};

export type PlaceRefusal = 'offerNotAccepted' | 'offerAlreadyOrdered' | 'teamNotFound';

/** What placing an order depends on. */
export type PlaceFacts = OrderChecks & {
  readonly offer: { readonly state: OfferState; readonly orderId: OrderId | undefined };
  readonly target: OrderTarget;
  readonly customersTeams: readonly TeamCandidate[];
};

/** Decides whether an offer becomes an order, and where the order stands then. One offer has at most one order. */
export const decidePlace = (facts: PlaceFacts): Decision<NextOrderState, PlaceRefusal> => {
  const { offer, target, customersTeams } = facts;
  if (offer.orderId !== undefined) return refused('offerAlreadyOrdered', { orderId: offer.orderId });
  if (offer.state !== 'accepted') return refused('offerNotAccepted');
  const finding = findTarget(target, customersTeams);
  return finding === undefined ? refused('teamNotFound') : granted(nextState(finding, facts));
};

export type CompleteRefusal = 'orderNotPending' | 'teamNotFound';

/** What completing a pending order depends on. */
export type CompleteFacts = OrderChecks & {
  readonly order: { readonly state: OrderState };
  readonly target: OrderTarget;
  readonly customersTeams: readonly TeamCandidate[];
};

/** Decides what becomes of a pending order once its team is named; it stays pending where that matches none or several. */
export const decideComplete = (facts: CompleteFacts): Decision<NextOrderState, CompleteRefusal> => {
  if (facts.order.state !== 'pending') return refused('orderNotPending');
  const finding = findTarget(facts.target, facts.customersTeams);
  return finding === undefined ? refused('teamNotFound') : granted(nextState(finding, facts));
};

export type ProcessRefusal = 'orderNotHeld';

/** An order before the back office. */
export type HeldOrder = { readonly state: OrderState; readonly target: TargetFinding };

/** An order on hold waits for a look, one that failed for another try. */
const waitsForOffice = (state: OrderState): boolean => state === 'held' || state === 'failed';

/**
 * Decides whether the back office releases an order, or has one that failed processed again.
 *
 * An order that was held before its team was known goes on to wait for the team.
 */
export const decideProcess = ({ state, target }: HeldOrder): Decision<NextOrderState, ProcessRefusal> =>
  waitsForOffice(state) ? granted(nextState(target, { review: false, disputed: false })) : refused('orderNotHeld');

export type RefuseRefusal = 'orderNotHeld';

/** Decides whether the back office refuses an order; it refuses only what waits for it. */
export const decideRefuse = (state: OrderState): Decision<{ readonly state: 'cancelled' }, RefuseRefusal> =>
  waitsForOffice(state) ? granted({ state: 'cancelled' }) : refused('orderNotHeld');

export type DisputeRefusal = 'orderCompleted' | 'orderCancelled' | 'orderHeld';

/** Decides whether the customer's "not us" puts an order on hold: until it is completed, at any time. */
export const decideDispute = (
  state: OrderState,
): Decision<{ readonly state: 'held'; readonly reason: 'disputed' }, DisputeRefusal> => {
  if (state === 'completed') return refused('orderCompleted');
  if (state === 'cancelled') return refused('orderCancelled');
  if (state === 'held') return refused('orderHeld');
  return granted({ state: 'held', reason: 'disputed' });
};

export type CancelOrderRefusal = 'orderCompleted' | 'orderCancelled' | 'orderInProgress';

/** Decides whether an order is cancelled by who placed it: until it is being processed. */
export const decideCancelOrder = (state: OrderState): Decision<{ readonly state: 'cancelled' }, CancelOrderRefusal> => {
  if (state === 'completed') return refused('orderCompleted');
  if (state === 'cancelled') return refused('orderCancelled');
  if (state === 'inProgress') return refused('orderInProgress');
  return granted({ state: 'cancelled' });
};
