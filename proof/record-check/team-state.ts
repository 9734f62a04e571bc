/** A member as the record alone tells of it. */
export interface RecordedMember {
  state: string;
  role: string;
  external: boolean;
  invitationEndsOn: string | null;
}

/** A subscription as the record alone tells of it. */
export interface RecordedSubscription {
  readonly productId: string;
  readonly quantity: number;
  readonly startsOn: string;
  endsOn: string;
  /** `active` (also in grace), `suspended` or `terminated`. */
  state: string;
  readonly orderItemId: string;
  readonly storageBytes: number;
}

/** Who has a licence, by the record alone. */
export interface Taken {
  readonly memberId: string;
  readonly productId: string;
  readonly assignment: 'held' | 'reserved';
  /** ISO 8601. */
  readonly since: string;
  readonly by: string;
  /** Which holding it is, where the event names it. */
  readonly holdingId: string | null;
}

/** A team as it follows from its events, and nothing else but which licence belongs to which subscription. */
export interface TeamState {
  readonly id: string;
  made: boolean;
  customerId: string | null;
  claimed: boolean;
  ownerMemberId: string;
  nextOwnerMemberId: string | null;
  names: number;
  readonly members: Map<string, RecordedMember>;
  readonly subscriptions: Map<string, RecordedSubscription>;
  readonly taken: Map<string, Taken>;
  /** The same, by who has them. */
  readonly byMember: Map<string, Set<string>>;
  readonly provisioned: Set<string>;
  /** When each licence last came free. */
  readonly freedAt: Map<string, string>;
  /** Closed holdings of each licence: how many, and the sum of their digests. */
  readonly closed: Map<string, { count: number; digest: bigint; lastTakenAt: string }>;
  /** How many mails of a kind are owed about something: `kind subject`. */
  readonly owed: Map<string, number>;
  /** What a transaction has begun and must also end. */
  unfinished: { readonly transaction: string; readonly what: string } | undefined;
}

export function emptyTeam(id: string): TeamState {
  return {
    id,
    made: false,
    customerId: null,
    claimed: false,
    ownerMemberId: '',
    nextOwnerMemberId: null,
    names: 1,
    members: new Map(),
    subscriptions: new Map(),
    taken: new Map(),
    byMember: new Map(),
    provisioned: new Set(),
    freedAt: new Map(),
    closed: new Map(),
    owed: new Map(),
    unfinished: undefined,
  };
}

/** A licence's place, which its events do not name. */
export interface LicencePlace {
  readonly subscriptionId: string;
  readonly productId: string;
}
