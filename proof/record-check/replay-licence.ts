import { digestOf } from './holding-digest.ts';
import type { Replay, Replaying } from './replaying.ts';
import { hadBy, setTaken } from './replaying.ts';
import type { Taken } from './team-state.ts';

/** Who gets a licence, from whom it comes back, and to whom it goes on. */
export const replayLicence: Replay = {
  licenceGiven(replaying) {
    const { team, event, text, fault } = replaying;
    const before = team.taken.get(text('licenceId'));
    if (event.data.wasReserved !== true) return takeUp(replaying, given(replaying, 'held'));
    if (before?.memberId !== text('memberId') || before.assignment !== 'reserved') fault(3, 'was not reserved for it');
    setTaken(replaying, text('licenceId'), given(replaying, 'held').taken);
    // Acceptance follows in the same transaction: until then an invited member would hold a licence.
    team.unfinished = { transaction: event.transaction, what: `the acceptance of ${text('memberId')}` };
  },

  licenceReserved(replaying) {
    const { team, text, fault } = replaying;
    const member = team.members.get(text('memberId'));
    if (member && member.invitationEndsOn !== text('endsOn')) fault(3, 'does not end with the invitation');
    takeUp(replaying, given(replaying, 'reserved'));
  },

  licenceTaken(replaying) {
    const { team, event, text, fault } = replaying;
    const before = letGo(replaying, { licenceId: text('licenceId'), memberId: text('memberId'), assignment: 'held' });
    if (before?.holdingId && before.holdingId !== text('holdingId')) fault(1, 'closes another holding');
    if (text('because') === 'memberRemoved') {
      team.unfinished = { transaction: event.transaction, what: `the removal of ${text('memberId')}` };
    } else if (text('because') === 'subscriptionTerminated') {
      team.unfinished = { transaction: event.transaction, what: 'the end of a subscription' };
    }
  },

  reservationWithdrawn: letReservationGo,
  reservationEnded: letReservationGo,

  licenceMoved(replaying) {
    const { text, fault } = replaying;
    const licenceId = text('licenceId');
    const before = letGo(replaying, { licenceId, memberId: text('before'), assignment: undefined });
    if (before && text('before') === text('after')) fault(5, 'moves to whom has it');
    const since = beginningOf(replaying, licenceId);
    takeUp(replaying, { licenceId, taken: { ...takenBy(replaying, text('after')), since } });
  },

  licenceRelocated(replaying) {
    const { text } = replaying;
    const taken = takenBy(replaying, text('memberId'));
    letGo(replaying, { licenceId: text('before'), memberId: text('memberId'), assignment: taken.assignment });
    takeUp(replaying, { licenceId: text('after'), taken: { ...taken, since: beginningOf(replaying, text('after')) } });
  },
};

interface TakenLicence {
  readonly licenceId: string;
  readonly taken: Taken;
}

function given(replaying: Replaying, assignment: Taken['assignment']): TakenLicence {
  const { event, text } = replaying;
  const licenceId = text('licenceId');
  const holdingId = text('holdingId') || null;
  const taken = { memberId: text('memberId'), productId: text('productId'), assignment, holdingId };
  return { licenceId, taken: { ...taken, since: beginningOf(replaying, licenceId), by: event.actorId } };
}

/** It begins with its event, and not before the one who had the licence had let go of it. */
function beginningOf({ team, event }: Replaying, licenceId: string): string {
  const moments = [event.at, team.taken.get(licenceId)?.since ?? '', team.freedAt.get(licenceId) ?? ''];
  return moments.toSorted().at(-1) ?? event.at;
}

function takenBy({ event, text }: Replaying, memberId: string): Taken {
  const assignment = text('assignment') === 'reservation' ? 'reserved' : 'held';
  return { memberId, productId: text('productId'), assignment, since: event.at, by: event.actorId, holdingId: null };
}

const stateFor = { held: 'accepted', reserved: 'invited' } as const;

/** Somebody gets a free licence that works, and has no other one of the product that works. */
function takeUp(replaying: Replaying, { licenceId, taken }: TakenLicence): void {
  const { team, fault } = replaying;
  const { memberId, assignment } = taken;
  const state = team.members.get(memberId)?.state;
  const before = team.taken.get(licenceId);
  if (before) fault(1, `${before.memberId} has ${licenceId}`);
  if (state !== stateFor[assignment]) fault(3, `${memberId} is ${state ?? 'nobody'} and cannot have it ${assignment}`);
  if (!team.claimed) fault(11, 'the team is not claimed');
  requirePlace(replaying, { licenceId, taken });
  requireNoOther(replaying, { licenceId, taken });
  setTaken(replaying, licenceId, taken);
}

function requirePlace({ team, places, fault }: Replaying, { licenceId, taken: { productId } }: TakenLicence): void {
  const place = places.get(licenceId);
  if (!place) {
    fault(4, `${licenceId} is no licence of the team`);
    return;
  }
  if (place.productId !== productId) fault(4, `${licenceId} is of ${place.productId}`);
  const state = team.subscriptions.get(place.subscriptionId)?.state;
  if (state !== 'active') fault(1, `its subscription is ${state ?? 'not in the record'}`);
}

function requireNoOther(replaying: Replaying, { licenceId, taken: { memberId, productId } }: TakenLicence): void {
  const { team, places, fault } = replaying;
  for (const [otherId, other] of hadBy(replaying, memberId)) {
    const place = places.get(otherId);
    const works = place && team.subscriptions.get(place.subscriptionId)?.state === 'active';
    if (works && other.productId === productId && otherId !== licenceId) fault(2, `${memberId} has ${otherId} as well`);
  }
}

interface Gone {
  readonly licenceId: string;
  readonly memberId: string;
  readonly assignment: Taken['assignment'] | undefined;
}

/** A licence comes free; the holding, if it was one, is closed. */
function letGo({ team, event, fault }: Replaying, { licenceId, memberId, assignment }: Gone): Taken | undefined {
  const before = team.taken.get(licenceId);
  if (before?.memberId !== memberId) fault(1, `${licenceId} was with ${before?.memberId ?? 'nobody'}`);
  if (before && assignment && before.assignment !== assignment) fault(1, `${licenceId} was ${before.assignment}`);
  setTaken({ team }, licenceId, undefined);
  if (before) team.freedAt.set(licenceId, event.at > before.since ? event.at : before.since);
  if (before?.assignment === 'held') {
    const { since, by } = before;
    const takenAt = event.at > since ? event.at : since;
    const holding = {
      licenceId,
      memberId: before.memberId,
      givenAt: since,
      givenBy: by,
      takenAt,
      takenBy: event.actorId,
    };
    const closed = team.closed.get(licenceId) ?? { count: 0, digest: 0n, lastTakenAt: '' };
    if (since < closed.lastTakenAt)
      fault(1, `${licenceId} was given at ${since}, before it was taken at ${closed.lastTakenAt}`);
    team.closed.set(licenceId, {
      count: closed.count + 1,
      digest: closed.digest + digestOf(holding),
      lastTakenAt: takenAt > closed.lastTakenAt ? takenAt : closed.lastTakenAt,
    });
  }
  return before;
}

function letReservationGo(replaying: Replaying): void {
  const { text } = replaying;
  letGo(replaying, { licenceId: text('licenceId'), memberId: text('memberId'), assignment: 'reserved' });
}
