import type { Timed } from './find-order.ts';

/** Who calls: a member of the team, as the account that it has. */
interface Called extends Timed {
  readonly actor: string;
  /** `ok`, or the code of the refusal. */
  readonly outcome: string;
  /** The team's revision after it; of a refusal none. */
  readonly revision?: number | undefined;
}

/** A command that may be repeated by its key: the second time it does nothing and answers the same. */
interface Keyed extends Called {
  readonly key?: string | undefined;
}

export interface Give extends Keyed {
  readonly kind: 'give';
  readonly member: string;
  readonly licence?: string | undefined;
}

export interface Take extends Keyed {
  readonly kind: 'take';
  readonly licence: string;
  readonly member: string;
}

export interface Move extends Keyed {
  readonly kind: 'move';
  readonly licence: string;
  readonly from: string;
  readonly to: string;
}

/** An invitation of somebody by an address that always means this member: it may have been there before. */
export interface Invite extends Called {
  readonly kind: 'invite';
  readonly member: string;
}

export interface Accept extends Called {
  readonly kind: 'accept';
}

/** Removes a member, or withdraws an invitation. */
export interface Remove extends Called {
  readonly kind: 'remove';
  readonly member: string;
}

export interface OfferOwnership extends Called {
  readonly kind: 'offerOwnership';
  readonly member: string;
}

export interface AcceptOwnership extends Called {
  readonly kind: 'acceptOwnership';
}

/** More licences. */
export interface RenewUp extends Timed {
  readonly kind: 'renewUp';
  /** The team's revision after it. */
  readonly revision: number;
  readonly subscription: string;
  /** In the order of their numbers. */
  readonly licences: readonly string[];
  readonly endsOn: string;
}

/** A subscription stops working: its holders go on with free licences that work, as far as there are any. */
export interface RenewDown extends Timed {
  readonly kind: 'renewDown';
  readonly subscription: string;
}

/** The licences of the team as somebody read them, with what was shown of them. */
export interface Read extends Called {
  readonly kind: 'read';
  readonly licences: number;
  readonly taken: readonly (readonly [licence: string, member: string])[];
}

/** What is done to one team. */
export type TeamOperation =
  | Give
  | Take
  | Move
  | Invite
  | Accept
  | Remove
  | OfferOwnership
  | AcceptOwnership
  | RenewUp
  | RenewDown
  | Read;
