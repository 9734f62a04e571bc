/**
 * A queue in which nobody waits behind somebody else's crowd: those who wait get their turns one after the other, and each
 * one's own things keep their order (Nagle, RFC 970).
 */
export class FairQueue<Item> {
  /** In the order of turns; whoever waits for nothing is not in it. */
  readonly #waiting = new Map<string, Set<Item>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(who: string, item: Item): void {
    const own = this.#waiting.get(who);
    if (own) own.add(item);
    else this.#waiting.set(who, new Set([item]));
    this.#size += 1;
  }

  /** Takes out what is next: the oldest of whoever has waited longest for a turn. */
  next(): Item | undefined {
    const [first] = this.#waiting;
    if (!first) return undefined;
    const [who, own] = first;
    const [item] = own;
    if (item === undefined) return undefined;
    this.remove(who, item);
    if (own.size > 0) {
      this.#waiting.delete(who);
      this.#waiting.set(who, own);
    }
    return item;
  }

  remove(who: string, item: Item): void {
    const own = this.#waiting.get(who);
    if (!own?.delete(item)) return;
    this.#size -= 1;
    if (own.size === 0) this.#waiting.delete(who);
  }

  /**
   * Makes room for one more of somebody's: takes out the newest of whoever has the most waiting.
   *
   * @returns Undefined where nobody has more than they would have then.
   */
  makeRoom(who: string): Item | undefined {
    const mine = (this.#waiting.get(who)?.size ?? 0) + 1;
    let crowd: [string, Set<Item>] | undefined;
    for (const each of this.#waiting) if (each[1].size > (crowd?.[1].size ?? mine)) crowd = each;
    if (!crowd) return undefined;
    const newest = [...crowd[1]].at(-1);
    if (newest !== undefined) this.remove(crowd[0], newest);
    return newest;
  }
}
