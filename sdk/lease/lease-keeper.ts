import type { Crypto } from '../crypto/crypto.ts';
import type { PublicJwk } from '../crypto/jwk.ts';
import { TypedEvents } from '../typed-events.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { DeviceKey, DeviceKeyKeeper } from './device-key.ts';
import type { Lease } from './lease.ts';
import type { KeptLease, LeaseBook, LeaseReader } from './lease-reader.ts';
import type { LeaseRefusal } from './lease-refusal.ts';
import { isRefusal } from './lease-refusal.ts';
import type { LeaseStore, Stored } from './lease-store.ts';
import type { OverLeases } from './over-leases.ts';
import type { LeaseDocument } from './sealed-document.ts';
import { emptyDocument } from './sealed-document.ts';
import type { StatusList } from './status-list.ts';
import { readStatusList } from './status-list.ts';

/** What the keeper works with. */
export interface LeaseKeeperOptions {
  readonly store: LeaseStore;
  readonly over: OverLeases;
  readonly reader: LeaseReader;
  readonly crypto: Crypto;
  readonly device: DeviceKeyKeeper;
  readonly guard: ClockGuard;
}

/**
 * The leases of this device: kept sealed in the cache, verified once, and held against the clock at each look.
 *
 * Every change reads the cache first, because other processes of the same application and the command line write to it, too.
 */
export class LeaseKeeper {
  readonly events = new TypedEvents<{ change: undefined }>();
  readonly #options: LeaseKeeperOptions;
  #book: LeaseBook | undefined;
  /** Leases that are over and may still lie in the cache. */
  readonly #owed = new Set<string>();
  /** What should lie in the cache, when all of it was removed because nothing could be written. */
  #unwritten: LeaseDocument | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** The leases that are known and not over, each with why it does not count at this moment. */
  get kept(): readonly KeptLease[] {
    return (this.#book?.kept ?? []).flatMap((one) => {
      if (one.lease === undefined) return one;
      return this.#isOver(one) ? [] : { ...one, refusal: one.refusal ?? this.#refusalOfNow(one.lease) };
    });
  }

  /** Whether leases that are over may still lie in the cache. */
  get owes(): boolean {
    return this.#owed.size > 0;
  }

  /** Why nothing of what was found counts, if so. */
  get broken(): LeaseRefusal | undefined {
    return this.#book?.broken;
  }

  get document(): LeaseDocument {
    return this.#book?.document ?? emptyDocument;
  }

  /** Whether the application trusts keys of its own choice alone. */
  get isPinned(): boolean {
    return this.#options.reader.isPinned;
  }

  /** The keys that may sign: the server's, or the pinned ones. */
  get trusted(): readonly PublicJwk[] {
    return this.#book?.ring.keys ?? [];
  }

  /** Reads what is kept, once or anew. */
  async load({ anew = false } = {}): Promise<void> {
    if (this.#book !== undefined && !anew) return;
    await this.#alone(async () => {
      const before = this.#book;
      const { found, key } = await this.#read();
      if (isRefusal(found)) this.#set({ ...(await this.#options.reader.read(emptyDocument, key)), broken: found });
      else if (JSON.stringify(found) !== JSON.stringify(before?.document))
        this.#set(await this.#options.reader.read(found, key));
    });
  }

  /**
   * Takes a lease, in place of the one before for the same team and product.
   *
   * @param keys What the server publishes now; left out where it was not asked.
   * @returns The lease, or why it is not taken: `leaseRevoked` when the server has said no to it since.
   */
  async take(token: string, keys?: readonly PublicJwk[]): Promise<Lease | LeaseRefusal> {
    return await this.#change<Lease | LeaseRefusal>(async (document, key) => {
      const known = { ...document, keys: keys ?? document.keys };
      const ring = await this.#options.reader.ringOf(known);
      const lease = await this.#options.reader.verify(token, ring, key);
      if (isRefusal(lease)) return [document, lease];
      if (this.#options.over.has(lease)) return [document, 'leaseRevoked'];
      const others = (await this.#options.reader.read(document, key)).kept.filter(
        (one) => one.lease?.teamId !== lease.teamId || one.lease?.productId !== lease.productId,
      );
      const seenAt = Math.max(document.seenAt, lease.issuedAt);
      const lists = [lease, ...others.map((one) => one.lease)].flatMap((one) => one?.status?.uri ?? []);
      const statusLists = (await this.#options.reader.lists(document.statusLists, ring))
        .filter(({ uri }) => lists.includes(uri))
        .map((list) => list.token); // others came with leases that are gone
      return [{ ...known, seenAt, statusLists, leases: [...others.map((one) => one.token), token] }, lease];
    });
  }

  /** Takes the keys that the server publishes now, in place of those before: what it has withdrawn counts no more. */
  async takeKeys(keys: readonly PublicJwk[]): Promise<void> {
    if (keys.length > 0) await this.#change(async (document) => [{ ...document, keys }, undefined]);
  }

  /** Takes what a status list says. Of two lists with one address the newer counts. */
  async takeStatusList(token: string, keys?: readonly PublicJwk[]): Promise<StatusList | LeaseRefusal> {
    const { crypto } = this.#options;
    return await this.#change<StatusList | LeaseRefusal>(async (document) => {
      const known = { ...document, keys: keys ?? document.keys };
      const ring = await this.#options.reader.ringOf(known);
      const list = await readStatusList(token, ring, crypto);
      if (isRefusal(list)) return [document, list];
      const lists = await this.#options.reader.lists(document.statusLists, ring);
      const before = lists.find(({ uri }) => uri === list.uri);
      if (before !== undefined && before.issuedAt > list.issuedAt) return [known, before];
      const others = lists.filter(({ uri }) => uri !== list.uri);
      const seenAt = Math.max(document.seenAt, list.issuedAt);
      return [{ ...known, seenAt, statusLists: [...others.map((one) => one.token), token] }, list];
    });
  }

  /** Removes leases that the server has refused. */
  async drop(isRefused: (lease: Lease) => boolean): Promise<void> {
    this.#options.over.add(this.kept.flatMap(({ lease }) => (lease && isRefused(lease) ? lease.id : [])));
    await this.dropOver();
  }

  /**
   * Removes what is over: it counts no more at once, and then it goes from the cache.
   *
   * @throws What the cache throws when it could be neither removed nor marked; `sweep` tries again.
   */
  async dropOver(): Promise<void> {
    const over = this.#overIn(this.#book).filter((id) => !this.#owed.has(id));
    if (over.length === 0) return;
    this.#owe(over);
    this.events.emit('change', undefined);
    await this.sweep();
  }

  /**
   * Removes from the cache what is over and still lies there; what cannot be removed is marked beside it.
   *
   * @throws What the cache throws when nothing of that can be done now.
   */
  async sweep(): Promise<void> {
    if (!this.owes) return;
    try {
      await this.#change(async (document) => [{ ...document }, undefined]);
    } catch (error) {
      await this.#alone(() => this.#secondBest(error));
    }
  }

  /** Forgets everything but the device's key. */
  async clear(): Promise<void> {
    await this.#alone(async () => {
      const ids = (this.#book?.kept ?? []).flatMap(({ lease }) => lease?.id ?? []);
      this.#unwritten = undefined;
      this.#set(await this.#options.reader.read(emptyDocument, undefined));
      try {
        await this.#options.store.remove();
        this.#owed.clear();
      } catch (error) {
        this.#owe(ids);
        this.events.emit('change', undefined);
        await this.#options.store.mark(ids).catch(() => Promise.reject(error));
      }
    });
  }

  /** Writes down what time it is, so that the next start knows. */
  async noteTime(): Promise<void> {
    if (this.document.leases.length === 0 || this.broken !== undefined) return;
    await this.#change(async (document) => [{ ...document }, undefined]);
  }

  #refusalOfNow({ notBefore, expiresAt }: Lease): LeaseRefusal | undefined {
    const { guard } = this.#options;
    const now = guard.now();
    if (now >= expiresAt) return 'leaseExpired';
    return guard.isSetBack || now < notBefore - toleranceMs ? 'clockSetBack' : undefined;
  }

  /** What is broken is left behind at the first change: whoever changes it has the server's word. */
  async #change<Result>(
    edit: (document: LeaseDocument, key: DeviceKey) => Promise<[LeaseDocument, Result]>,
  ): Promise<Result> {
    const { store, device, guard } = this.#options;
    return await this.#alone(async () => {
      const key = await device.get();
      const { found } = await this.#read();
      const stored = isRefusal(found) ? emptyDocument : found;
      const document = await this.#withoutOver(stored, key);
      const [edited, result] = await edit(document, key);
      if (edited === stored) return result;
      const changed = { ...edited, seenAt: guard.mark(edited.seenAt) };
      try {
        await store.write(changed, key);
        this.#owed.clear();
        this.#unwritten = undefined;
      } finally {
        this.#set(await this.#options.reader.read(changed, key)); // it counts for this run, wherever it could be kept
      }
      return result;
    });
  }

  /** What cannot be changed is marked. Where nothing can be written, all goes: the rest is written again later. */
  async #secondBest(cause: unknown): Promise<void> {
    const { store } = this.#options;
    try {
      await store.mark([...this.#owed]);
    } catch {
      const leases = this.kept.map(({ token }) => token);
      await store.remove().catch(() => Promise.reject(cause));
      this.#unwritten = { ...this.document, leases };
    }
  }

  async #read(): Promise<Stored> {
    const stored = await this.#options.store.read();
    this.#options.over.add(stored.over);
    return stored.found === emptyDocument && this.#unwritten ? { ...stored, found: this.#unwritten } : stored;
  }

  /** The same document where nothing in it is over. */
  async #withoutOver(document: LeaseDocument, key: DeviceKey): Promise<LeaseDocument> {
    const { kept } = await this.#options.reader.read(document, key);
    const rest = kept.filter((one) => !this.#isOver(one));
    return rest.length === kept.length ? document : { ...document, leases: rest.map(({ token }) => token) };
  }

  #isOver({ lease }: KeptLease): boolean {
    return lease !== undefined && this.#options.over.has(lease);
  }

  #overIn(book: LeaseBook | undefined): string[] {
    return (book?.kept ?? []).flatMap((one) => (one.lease && this.#isOver(one) ? one.lease.id : []));
  }

  #owe(ids: readonly string[]): void {
    this.#options.over.add(ids);
    for (const id of ids) this.#owed.add(id);
  }

  #set(book: LeaseBook): void {
    this.#book = book;
    this.#owe(this.#overIn(book));
    this.#options.guard.saw(book.document.seenAt);
    this.events.emit('change', undefined);
  }

  /** One after the other: each begins with what the one before has written. */
  async #alone<Result>(run: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(run);
    this.#queue = turn.catch(() => {});
    return await turn;
  }
}

/** How much earlier than the server's a device's clock may be. */
const toleranceMs = 120_000;
