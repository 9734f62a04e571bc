import type { Entitlement } from '../entitlement.ts';
import { isOf } from './decide-offline.ts';
import type { Lease } from './lease.ts';

/** What the server last said about one account, team and product, and the first revision whose leases count. */
interface Word {
  readonly revision: number;
  readonly countsFrom: number;
}

/**
 * Knows which leases are over by the server's own word, for as long as the program runs.
 *
 * What could not be removed from the cache, or comes into it again, counts no more than what was removed.
 */
export class OverLeases {
  readonly #accountId: () => string | undefined;
  readonly #ids = new Set<string>();
  readonly #words = new Map<string, Word>();
  /** The teams that were in the last whole answer, by account and product. */
  readonly #teams = new Map<string, { accountId: string; product: string; teams: ReadonlySet<string> }>();

  /** @param accountId Whose answers are heard now; undefined before the first. */
  constructor(accountId: () => string | undefined) {
    this.#accountId = accountId;
  }

  /** Takes leases for over, whatever the server says later. */
  add(ids: readonly string[]): void {
    for (const id of ids) this.#ids.add(id);
  }

  /** Takes all that the server says now about one product: a team that is left out has lost it. */
  hear(product: string, items: readonly Entitlement[]): void {
    const accountId = this.#accountId();
    if (accountId === undefined) return;
    const name = `${accountId} ${product}`;
    const before = this.#teams.get(name)?.teams;
    for (const item of items) this.#hearOne(accountId, item, before !== undefined && !before.has(item.teamId));
    this.#teams.set(name, { accountId, product, teams: new Set(items.map(({ teamId }) => teamId)) });
  }

  /** Whether the server has said no to what the lease is for, at the lease's revision or a later one. */
  has(lease: Lease): boolean {
    const accountId = this.#accountId();
    if (this.#ids.has(lease.id) || (accountId !== undefined && lease.accountId !== accountId)) return true;
    const word = this.#words.get(nameOf(lease.accountId, lease));
    return (word !== undefined && lease.revision < word.countsFrom) || this.#isLeftOut(lease);
  }

  /** A licence that was given anew brings no older lease back. */
  #hearOne(accountId: string, item: Entitlement, isBack: boolean): void {
    const name = nameOf(accountId, item);
    const { revision, decision } = item;
    const before = this.#words.get(name);
    if (before !== undefined && before.revision > revision) return;
    const yesFrom = isBack ? revision : Math.min(before?.countsFrom ?? 0, revision);
    this.#words.set(name, { revision, countsFrom: decision ? yesFrom : revision + 1 });
  }

  #isLeftOut(lease: Lease): boolean {
    return [...this.#teams.values()].some(
      ({ accountId, product, teams }) =>
        accountId === lease.accountId && isOf(product, lease) && !teams.has(lease.teamId),
    );
  }
}

function nameOf(accountId: string, { teamId, productId }: Pick<Entitlement, 'teamId' | 'productId'>): string {
  return `${accountId} ${teamId} ${productId}`;
}
