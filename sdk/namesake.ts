import type { Clock } from './clock.ts';
import { systemClock, wait } from './clock.ts';
import { signInByDevice } from './device-sign-in.ts';
import type { Account, AccountEntitlements, Team } from './entitlement.ts';
import { readAccountEntitlements } from './entitlement.ts';
import { EntitlementFeed } from './entitlement-feed.ts';
import { ClockGuard } from './lease/clock-guard.ts';
import type { Surroundings } from './lease/lease-ground.ts';
import { thisMachine } from './lease/lease-ground.ts';
import { LeaseDesk } from './lease-desk.ts';
import { Leases } from './leases.ts';
import { NamesakeError } from './namesake-error.ts';
import type { NamesakeOptions, SignInOptions, UseOptions } from './namesake-options.ts';
import { ProductUse } from './product-use.ts';
import { readServerAddress } from './server-address.ts';
import type { Fetch } from './server-link.ts';
import { ServerLink } from './server-link.ts';
import { TokenKeeper } from './token-keeper.ts';
import type { Why } from './why/why.ts';
import { explain } from './why/why.ts';

/**
 * Makes an application's door to its licences.
 *
 * Nothing is asked of the server before the first call.
 *
 * @throws TypeError when `server` is no absolute URL, or not encrypted and not on this machine.
 *
 * @example
 * ```ts
 * const namesake = createNamesake({ server: 'https://licences.example.com', application: 'sketchpad' });
 * if (!(await namesake.isSignedIn())) await namesake.signIn({ onCode: ({ verificationUri, userCode }) => show(verificationUri, userCode) });
 * const share = await namesake.use({ product: 'share' });
 * share.on('unlocked', openTheDocument);
 * share.on('locked', ({ reason }) => closeTheDocument(reason));
 * ```
 */
export function createNamesake(options: NamesakeOptions): Namesake {
  return new Namesake(options, systemClock());
}

/** With a lease at hand nobody waits longer for a server that does not answer. */
const patienceMs = 2_000;

/** An application's door to its licences. */
export class Namesake {
  /** The leases of this device, for programs that carry them or show them. */
  readonly leases: Leases;
  readonly #options: NamesakeOptions;
  readonly #clock: Clock;
  readonly #guard: ClockGuard;
  readonly #link: ServerLink;
  readonly #tokens: TokenKeeper;
  readonly #feed: EntitlementFeed;
  readonly #desk: LeaseDesk;
  readonly #uses = new Set<ProductUse>();

  /** @internal Use `createNamesake`. */
  constructor(options: NamesakeOptions, clock: Clock, surroundings: Surroundings = thisMachine) {
    const { server, application, place, cache } = options;
    const { origin } = readServerAddress(server, options.allowInsecure ?? false);
    this.#options = options;
    this.#clock = clock;
    this.#guard = new ClockGuard(clock);
    const onTime = (moment: number) => this.#guard.serverSaid(moment);
    this.#link = new ServerLink({ server, fetch: options.fetch ?? globalFetch, clock, onTime });
    this.#tokens = new TokenKeeper(`token ${origin} ${application}`, cache);
    const parts = { link: this.#link, tokens: this.#tokens, clock };
    this.#feed = new EntitlementFeed(parts);
    this.#desk = new LeaseDesk({ ...parts, options, feed: this.#feed, guard: this.#guard, surroundings });
    this.leases = new Leases({ ...parts, ground: () => this.#desk.open(), guard: this.#guard, application, place });
  }

  /** Whether a token is kept. Asks nobody: the server may have revoked it. */
  async isSignedIn(): Promise<boolean> {
    return (await this.#tokens.find()) !== undefined;
  }

  /**
   * Signs in by the device flow (RFC 8628) and keeps the token. Uses that are open go on with the new account.
   *
   * @throws NamesakeError `signInDeclined`, `signInExpired`, `applicationUnknown`, `refused`, `unreachable`; the signal's reason
   */
  async signIn({ onCode, signal }: SignInOptions): Promise<void> {
    const { application, place } = this.#options;
    const token = await signInByDevice({ link: this.#link, clock: this.#clock, application, place, onCode, signal });
    await this.#desk.forget();
    await this.#tokens.keep(token);
    this.#feed.accountChanged();
  }

  /**
   * Forgets the token and the leases, then revokes the token (RFC 7009). Uses that are open are locked with the reason `signedOut`.
   *
   * @throws NamesakeError `unreachable` or `refused` when it could not be revoked; it is forgotten here all the same.
   * What the cache throws when the leases could not be removed from it; they count no more in this run all the same.
   */
  async signOut(): Promise<void> {
    const token = await this.#tokens.find();
    try {
      await this.#desk.forget();
    } finally {
      if (token !== undefined) await this.#revoke(token);
    }
  }

  async #revoke(token: string): Promise<void> {
    await this.#tokens.forget(token);
    this.#feed.signedOut();
    const { ok, status } = await this.#link.post(
      '/oauth/revoke',
      { token, client_id: this.#options.application },
      undefined,
    );
    if (!ok) throw new NamesakeError('refused', { status });
  }

  /**
   * Asks who is signed in; undefined when nobody is.
   *
   * @throws NamesakeError `unreachable`, `unreadable`, `refused`
   */
  async account(): Promise<Account | undefined> {
    return (await this.#ask())?.account;
  }

  /**
   * Lists the teams of the account.
   *
   * @throws NamesakeError `notSignedIn`, `unreachable`, `unreadable`, `refused`
   */
  async teams(): Promise<readonly Team[]> {
    const answer = await this.#ask();
    if (answer === undefined) throw new NamesakeError('notSignedIn');
    const names = new Map(answer.items.map(({ teamId, teamName }) => [teamId, teamName]));
    return [...names].map(([id, name]) => ({ id, name }));
  }

  /**
   * Asks for everything at once: the account and each of its products in each of its teams; undefined when nobody is signed in.
   *
   * @throws NamesakeError `unreachable`, `unreadable`, `refused`
   */
  async entitlements(): Promise<AccountEntitlements | undefined> {
    return await this.#ask();
  }

  /**
   * Begins to use a product, and answers as soon as the server has, or soon by the lease that is kept.
   *
   * A missing licence is no error but a state; so is a server that does not answer (`unknown`, and it goes on trying).
   * All uses share one connection. Where nobody is signed in, a lease that was carried here will do.
   *
   * @throws NamesakeError `notSignedIn`, `notFound`, `refused`, `unreadable`; the signal's reason
   */
  async use({ product, team, signal }: UseOptions): Promise<ProductUse> {
    signal?.throwIfAborted();
    const isSignedIn = await this.isSignedIn();
    const { keeper } = await this.#desk.open();
    if (!isSignedIn && keeper.kept.length === 0 && keeper.broken === undefined) throw new NamesakeError('notSignedIn');
    const followed = this.#feed.follow(product, { connect: isSignedIn });
    const close = () => use.close();
    const use = new ProductUse({
      feed: this.#feed,
      followed,
      team,
      leases: keeper,
      guard: this.#guard,
      clock: this.#clock,
      onLook: () => this.#desk.settle(this.#uses),
      onApplied: (one, item) => this.#desk.confirm(one, item),
      onClose: () => {
        this.#uses.delete(use);
        this.#desk.settle(this.#uses);
        this.#feed.unfollow(followed);
        signal?.removeEventListener('abort', close);
      },
    });
    this.#uses.add(use);
    this.#desk.settle(this.#uses);
    signal?.addEventListener('abort', close);
    try {
      if (isSignedIn) await this.#firstAnswer(this.#feed.askFirst(followed), use);
      signal?.throwIfAborted();
      return use;
    } catch (error) {
      use.close();
      signal?.throwIfAborted();
      throw error;
    }
  }

  /**
   * Explains why a product may or may not be used, check by check, with the one thing to do.
   *
   * Asks the server, and looks at lease, clock and contact of this device. Without contact it tells what is known here.
   *
   * @throws NamesakeError `notFound`, `refused`, `unreadable`
   */
  async why({ product, team }: { readonly product: string; readonly team?: string | undefined }): Promise<Why> {
    const { keeper } = await this.#desk.open();
    await keeper.load({ anew: true });
    const parts = { link: this.#link, tokens: this.#tokens, guard: this.#guard, keeper, heardAt: this.#feed.heardAt };
    return await explain({ ...parts, product, team });
  }

  /** Closes all uses, and with them the connection. The token is kept. */
  close(): void {
    for (const use of [...this.#uses]) use.close();
  }

  /** Waits for the server, but not for long where a lease answers as well. */
  async #firstAnswer(asked: Promise<void>, use: ProductUse): Promise<void> {
    if (use.state !== 'unlocked') return await asked;
    const end = new AbortController();
    const patience = wait(this.#clock, patienceMs, end.signal).catch(() => {});
    await Promise.race([asked, patience]);
    end.abort();
    asked.catch(() => {}); // who comes late is no longer waited for, and the feed goes on trying
  }

  async #ask(): Promise<AccountEntitlements | undefined> {
    const token = await this.#tokens.find();
    if (token === undefined) return undefined;
    try {
      return readAccountEntitlements(await this.#link.get('/v1/me/entitlements', token, undefined));
    } catch (error) {
      if (!(error instanceof NamesakeError) || error.code !== 'notSignedIn') throw error;
      if (await this.#tokens.forget(token)) this.#feed.signedOut();
      return undefined;
    }
  }
}

/** A browser's `fetch` insists on being called on its own. */
const globalFetch: Fetch = (url, init) => fetch(url, init);
