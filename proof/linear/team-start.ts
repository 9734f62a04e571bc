/** A member as the model sees it. */
export interface ModelMember {
  readonly state: 'invited' | 'accepted' | 'removed';
  readonly role: string;
}

/** Where a team stands at the beginning of a history, as it was read while nobody was at work. */
export interface TeamStart {
  readonly revision: number;
  readonly members: ReadonlyMap<string, ModelMember>;
  readonly nextOwner: string | null;
  readonly subscriptions: readonly ModelSubscription[];
  /** Who has which licence; the others are free. */
  readonly taken: ReadonlyMap<string, string>;
}

export interface ModelSubscription {
  readonly id: string;
  /** The last day of its term. */
  readonly endsOn: string;
  /** Whether its licences can be given; true where it is left out. */
  readonly works?: boolean;
  /** In the order of their numbers. */
  readonly licences: readonly string[];
}
