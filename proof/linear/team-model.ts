import type { Model, Undo } from './find-order.ts';
import type {
  Accept,
  AcceptOwnership,
  Give,
  Invite,
  Move,
  OfferOwnership,
  Read,
  Remove,
  RenewDown,
  RenewUp,
  Take,
  TeamOperation,
} from './team-operation.ts';
import type { ModelMember, TeamStart } from './team-start.ts';
import { TeamStore } from './team-store.ts';

/**
 * What a team's commands do one after the other, written from the rules of the product alone.
 *
 * Each of its methods says whether an operation that answered so fits here, and carries it out.
 */
export class TeamModel implements Model<TeamOperation> {
  readonly store: TeamStore;

  constructor(start: TeamStart) {
    this.store = new TeamStore(start);
  }

  key(): string {
    return this.store.key();
  }

  apply(op: TeamOperation): Undo | undefined {
    this.store.begin();
    const fits = this.#carryOut(op);
    const undo = this.store.finish();
    if (fits) return undo;
    undo();
    return undefined;
  }

  #carryOut(op: TeamOperation): boolean {
    switch (op.kind) {
      case 'give':
        return this.#keyed(op, op.licence, () => this.#give(op));
      case 'take':
        return this.#keyed(op, op.licence, () => this.#take(op));
      case 'move':
        return this.#keyed(op, op.licence, () => this.#move(op));
      case 'invite':
        return this.#invite(op);
      case 'accept':
        return this.#accept(op);
      case 'remove':
        return this.#remove(op);
      case 'offerOwnership':
        return this.#offerOwnership(op);
      case 'acceptOwnership':
        return this.#acceptOwnership(op);
      case 'renewUp':
        return this.#renewUp(op);
      case 'renewDown':
        return this.#renewDown(op);
      case 'read':
        return this.#read(op);
    }
  }

  /** The second of two equal requests answers what the first one did, and does nothing. */
  #keyed({ key, outcome, revision }: Give | Take | Move, licence: string | undefined, work: () => boolean): boolean {
    // Somebody else is at work on it and will have answered; this one has done nothing.
    if (outcome === 'idempotencyInProgress') return key !== undefined;
    const earlier = key === undefined ? undefined : this.store.answer(key);
    if (earlier) return outcome === 'ok' && earlier.licence === licence && earlier.revision === revision;
    if (!work()) return false;
    if (key !== undefined && outcome === 'ok' && licence) this.store.keep(key, { licence, revision });
    return true;
  }

  /** Whether the outcome is the refusal that the actor's role brings; undefined where the actor may. */
  #refusedActor({ actor, outcome }: { actor: string; outcome: string }, may: readonly string[]): boolean | undefined {
    const member = this.store.member(actor);
    if (member?.state !== 'accepted') return outcome === 'notFound';
    return may.includes(member.role) ? undefined : outcome === 'forbidden';
  }

  #give(op: Give): boolean {
    const refused = this.#refusedActor(op, handsOut);
    if (refused !== undefined) return refused;
    const member = this.store.member(op.member);
    if (!isThere(member)) return op.outcome === 'memberUnknown';
    if (this.store.hasUsable(op.member)) return op.outcome === 'alreadyHolds';
    const licence = this.store.choose();
    if (!licence) return op.outcome === (this.store.isAnyWorking() ? 'licencesExhausted' : 'noSubscription');
    if (op.outcome !== 'ok' || op.licence !== licence) return false;
    this.store.setTaker(licence, op.member);
    return this.#done(op, 1);
  }

  /** What take and move ask first: undefined where the licence is with whom the caller saw. */
  #refusedHolder(licence: string, seen: string, outcome: string): boolean | undefined {
    if (!this.store.isLicence(licence)) return outcome === 'notFound';
    const taker = this.store.taker(licence);
    if (taker === null) return outcome === 'licenceNotHeld';
    return taker === seen ? undefined : outcome === 'holderChanged';
  }

  #take(op: Take): boolean {
    const refused = this.#refusedActor(op, handsOut) ?? this.#refusedHolder(op.licence, op.member, op.outcome);
    if (refused !== undefined) return refused;
    if (op.outcome !== 'ok') return false;
    this.store.setTaker(op.licence, null);
    return this.#done(op, 1);
  }

  #move(op: Move): boolean {
    const refused = this.#refusedActor(op, handsOut) ?? this.#refusedHolder(op.licence, op.from, op.outcome);
    if (refused !== undefined) return refused;
    if (op.from === op.to) return op.outcome === 'sameMember';
    if (!isThere(this.store.member(op.to))) return op.outcome === 'memberUnknown';
    if (this.store.hasUsable(op.to)) return op.outcome === 'alreadyHolds';
    if (!this.store.works(op.licence)) return op.outcome === 'noSubscription';
    if (op.outcome !== 'ok') return false;
    this.store.setTaker(op.licence, op.to);
    return this.#done(op, 1);
  }

  #invite(op: Invite): boolean {
    const refused = this.#refusedActor(op, managesPeople);
    if (refused !== undefined) return refused;
    if (isThere(this.store.member(op.member))) return op.outcome === 'alreadyMember';
    if (op.outcome !== 'ok') return false;
    this.store.setMember(op.member, { state: 'invited', role: 'member' });
    return this.#done(op, 1);
  }

  /** By a link, which may have been used, or ended when another one was sent: a refusal says nothing of the team. */
  #accept(op: Accept): boolean {
    const { actor, outcome } = op;
    if (outcome !== 'ok') return true;
    const member = this.store.member(actor);
    if (member?.state !== 'invited') return false;
    this.store.setMember(actor, { ...member, state: 'accepted' });
    return this.#done(op, 1 + this.store.licencesOf(actor).length);
  }

  #remove(op: Remove): boolean {
    const actor = this.store.member(op.actor);
    const member = this.store.member(op.member);
    if (actor?.state !== 'accepted') return op.outcome === 'notFound';
    if (op.actor !== op.member && !managesPeople.includes(actor.role)) return op.outcome === 'forbidden';
    if (!isThere(member)) return op.outcome === 'notFound';
    if (member.role === 'owner') return op.outcome === 'ownerCannotLeave';
    if (op.outcome !== 'ok') return false;
    const licences = this.store.licencesOf(op.member);
    for (const licence of licences) this.store.setTaker(licence, null);
    this.store.setMember(op.member, { ...member, state: 'removed' });
    if (this.store.nextOwner === op.member) this.store.setNextOwner(null);
    return this.#done(op, licences.length + 1);
  }

  #offerOwnership(op: OfferOwnership): boolean {
    const refused = this.#refusedActor(op, ['owner']);
    if (refused !== undefined) return refused;
    const member = this.store.member(op.member);
    if (!isThere(member) || member.role === 'owner') return op.outcome === 'memberUnknown';
    if (member.state !== 'accepted') return op.outcome === 'memberNotAccepted';
    if (op.outcome !== 'ok') return false;
    this.store.setNextOwner(op.member);
    return this.#done(op, 1);
  }

  #acceptOwnership(op: AcceptOwnership): boolean {
    const member = this.store.member(op.actor);
    if (member?.state !== 'accepted') return op.outcome === 'notFound';
    if (this.store.nextOwner !== op.actor) return op.outcome === 'ownershipNotOffered';
    if (op.outcome !== 'ok') return false;
    this.store.handOver(op.actor);
    return this.#done(op, 1);
  }

  #renewUp(op: RenewUp): boolean {
    const { subscription, licences, endsOn } = op;
    this.store.addSubscription({ id: subscription, endsOn, licences });
    return this.#done(op, 1);
  }

  #renewDown({ subscription }: RenewDown): boolean {
    if (!this.store.isWorking(subscription)) return false;
    const takers = this.store.stop(subscription);
    let events = 1;
    for (const { licence, member } of takers) {
      const other = this.store.choose();
      if (!other) break;
      if (this.store.hasUsable(member)) continue;
      this.store.setTaker(licence, null);
      this.store.setTaker(other, member);
      events += 1;
    }
    this.store.advance(events);
    return true;
  }

  /** Everything as it is at the revision that is told; whoever hands nothing out is shown its own licences alone. */
  #read({ actor, outcome, licences, taken, revision }: Read): boolean {
    const member = this.store.member(actor);
    if (member?.state !== 'accepted') return outcome === 'notFound';
    if (outcome !== 'ok' || revision !== this.store.revision) return false;
    const seesAll = handsOut.includes(member.role);
    const own = this.store.licencesOf(actor).length;
    return (
      licences === (seesAll ? this.store.licenceCount : own) &&
      taken.length === (seesAll ? this.store.takenCount : own) &&
      taken.every(([licence, holder]) => this.store.taker(licence) === holder && (seesAll || holder === actor))
    );
  }

  #done({ revision }: { readonly revision?: number | undefined }, events: number): boolean {
    this.store.advance(events);
    return revision === this.store.revision;
  }
}

const handsOut = ['owner', 'administrator', 'licenceManager'];
const managesPeople = ['owner', 'administrator'];

const isThere = (member: ModelMember | undefined): member is ModelMember =>
  member !== undefined && member.state !== 'removed';
