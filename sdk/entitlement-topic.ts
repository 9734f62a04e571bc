import type { Entitlement } from './entitlement.ts';

/** What became of a message of the stream: it counts, it says less than what is known, or it is about something else. */
export type Taken = 'kept' | 'older' | 'other';

/**
 * What is known of one product in all teams of the account.
 *
 * Answers and stream overtake each other, so within a team the higher revision
 * wins; at the same revision the later arrival does, for a term can end without an event.
 * But whoever asks after something was told gets an answer that knows of it: with a lower revision, the
 * server's record has gone back, as after a restore, and what was told before is no longer so.
 */
export class EntitlementTopic {
  /** The product as the application names it: its id or its key. */
  readonly product: string;
  #byTeam: ReadonlyMap<string, Entitlement> | undefined;
  #told = 0;
  /** The how manieth message of the stream said what is known of a team. */
  readonly #toldBy = new Map<string, number>();

  constructor(product: string) {
    this.product = product;
  }

  /** In the order of the server's answer; undefined until there was one. */
  get entitlements(): readonly Entitlement[] | undefined {
    return this.#byTeam && [...this.#byTeam.values()];
  }

  /** How many messages of the stream have told something: what {@link replace} wants from the moment of asking. */
  get told(): number {
    return this.#told;
  }

  /**
   * Takes a whole answer: teams that it leaves out are gone.
   *
   * @param toldBefore How many messages had come when it was asked for.
   */
  replace(items: readonly Entitlement[], toldBefore: number): void {
    const overtaken = (item: Entitlement) => (this.#toldBy.get(item.teamId) ?? 0) > toldBefore;
    this.#byTeam = new Map(
      items
        .filter((item) => this.#concerns(item))
        .map((item) => [item.teamId, overtaken(item) ? this.#newer(item) : item]),
    );
  }

  /**
   * Takes one entitlement from the stream.
   *
   * Before the first answer it says too little to be kept: it is about one team of maybe several.
   */
  update(item: Entitlement): Taken {
    if (this.#byTeam === undefined || !this.#concerns(item)) return 'other';
    if (this.#newer(item) !== item) return 'older';
    this.#byTeam = new Map(this.#byTeam).set(item.teamId, item);
    this.#told += 1;
    this.#toldBy.set(item.teamId, this.#told);
    return 'kept';
  }

  /** Forgets everything, because somebody else signed in. */
  clear(): void {
    this.#byTeam = undefined;
    this.#toldBy.clear();
  }

  #concerns(item: Entitlement): boolean {
    return item.productKey === this.product || item.productId === this.product;
  }

  #newer(item: Entitlement): Entitlement {
    const known = this.#byTeam?.get(item.teamId);
    return known !== undefined && known.revision > item.revision ? known : item;
  }
}
