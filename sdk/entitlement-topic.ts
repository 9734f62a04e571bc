import type { Entitlement } from './entitlement.ts';

/**
 * What is known of one product in all teams of the account.
 *
 * Answers and stream overtake each other, so within a team the higher revision
 * wins; at the same revision the later arrival does, for a term can end without an event.
 */
export class EntitlementTopic {
  /** The product as the application names it: its id or its key. */
  readonly product: string;
  #byTeam: ReadonlyMap<string, Entitlement> | undefined;

  constructor(product: string) {
    this.product = product;
  }

  /** In the order of the server's answer; undefined until there was one. */
  get entitlements(): readonly Entitlement[] | undefined {
    return this.#byTeam && [...this.#byTeam.values()];
  }

  /** Takes a whole answer: teams that it leaves out are gone. */
  replace(items: readonly Entitlement[]): void {
    this.#byTeam = new Map(
      items.filter((item) => this.#concerns(item)).map((item) => [item.teamId, this.#newer(item)]),
    );
  }

  /**
   * Takes one entitlement from the stream.
   *
   * Before the first answer it says too little to be kept: it is about one team of maybe several.
   *
   * @returns Whether it was kept: an older one than what is known is not.
   */
  update(item: Entitlement): boolean {
    if (this.#byTeam === undefined || !this.#concerns(item) || this.#newer(item) !== item) return false;
    this.#byTeam = new Map(this.#byTeam).set(item.teamId, item);
    return true;
  }

  /** Forgets everything, because somebody else signed in. */
  clear(): void {
    this.#byTeam = undefined;
  }

  #concerns(item: Entitlement): boolean {
    return item.productKey === this.product || item.productId === this.product;
  }

  #newer(item: Entitlement): Entitlement {
    const known = this.#byTeam?.get(item.teamId);
    return known !== undefined && known.revision > item.revision ? known : item;
  }
}
