/**
 * A queue in which nobody waits behind somebody else's crowd: those who wait get their turns one after the other, and each
 * one's own things keep their order (Nagle, RFC 970).
 */
export class FairQueue<Item> {
  /** In the order of turns; whoever waits for nothing is not in it. */
  readonly #waiting = new Map<string, Set<Item>>();
  /** Who has so many waiting. */
  readonly #bySize: Set<string>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(who: string, item: Item): void {
    const own = this.#waiting.get(who) ?? new Set();
    own.add(item);
    if (own.size === 1) this.#waiting.set(who, own);
    this.#move(who, own.size - 1, own.size);
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
    this.#move(who, own.size + 1, own.size);
    if (own.size === 0) this.#waiting.delete(who);
  }

  /**
   * Makes room for one more of somebody's: takes out the newest of whoever has the most waiting.
   *
   * @returns Undefined where nobody has more than they would have then.
   */
  makeRoom(who: string): Item | undefined {
    const mine = (this.#waiting.get(who)?.size ?? 0) + 1;
    const most = this.#bySize.length - 1;
    const [crowd] = most > mine ? (this.#bySize[most] ?? []) : [];
    if (crowd === undefined) return undefined;
    const newest = [...(this.#waiting.get(crowd) ?? [])].at(-1);
    if (newest !== undefined) this.remove(crowd, newest);
    return newest;
  }

  /** Whoever would be refused for a crowd costs no look at everybody. */
  #move(who: string, from: number, to: number): void {
    this.#bySize[from]?.delete(who);
    if (to > 0) {
      this.#bySize[to] ??= new Set();
      this.#bySize[to].add(who);
    }
    while (this.#bySize.length > 0 && !this.#bySize.at(-1)?.size) this.#bySize.pop();
  }
}
