import type { NamesakeCache } from './cache.ts';
import type { Clock } from './clock.ts';
import { systemClock, wait } from './clock.ts';
import type { SignInPrompt } from './device-sign-in.ts';
import { signInByDevice } from './device-sign-in.ts';
import type { Account, AccountEntitlements, Entitlement, Team } from './entitlement.ts';
import { readAccountEntitlements } from './entitlement.ts';
import { EntitlementFeed } from './entitlement-feed.ts';
import { ClockGuard } from './lease/clock-guard.ts';
import { isOf } from './lease/decide-offline.ts';
import type { TrustedKeys } from './lease/key-ring.ts';
import type { LeaseGround, Surroundings } from './lease/lease-ground.ts';
import { openLeases, thisMachine } from './lease/lease-ground.ts';
import { LeaseRenewal } from './lease/lease-renewal.ts';
import { Leases } from './leases.ts';
import { NamesakeError } from './namesake-error.ts';
import { ProductUse } from './product-use.ts';
import { ReceiptSender } from './receipt-sender.ts';
import { readServerAddress } from './server-address.ts';
import type { Fetch } from './server-link.ts';
import { ServerLink } from './server-link.ts';
import { TokenKeeper } from './token-keeper.ts';
import type { Why } from './why/why.ts';
import { explain } from './why/why.ts';

/** Which server, and who asks. */
export interface NamesakeOptions {
  /** The server's address, such as `https://licences.example.com`. */
  readonly server: string;
  /** The application's id or key. */
  readonly application: string;
  /** Where the application runs, such as the machine's name. The person sees it when approving the sign-in. */
  readonly place?: string;
  /** Where to keep the token, the device's key and the leases. The platform's own place by default, memory in a browser. */
  readonly cache?: NamesakeCache;
  /** Replaces the global `fetch`, for a proxy or a test. */
  readonly fetch?: Fetch;
  /** The vendor's keys: then no lease counts that is signed with another one. */
  readonly trustedKeys?: TrustedKeys;
  /** The server's public address, where the application reaches it under another. */
  readonly issuer?: string;
  /** Takes a server without encryption that is not on this machine. */
  readonly allowInsecure?: boolean;
}

/** How to sign in. */
export interface SignInOptions {
  /** Shows the person the code and the address. */
  readonly onCode: (prompt: SignInPrompt) => void;
  readonly signal?: AbortSignal;
}

/** What to use. */
export interface UseOptions {
  /** The product's id or key. */
  readonly product: string;
  /** The team's id. May be left out by applications whose people are in one team as a rule. */
  readonly team?: string;
  /** Closes the use. */
  readonly signal?: AbortSignal;
}

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
/** How often it is written down what time it is, so that a clock that was set back is found out. */
const noteTimeMs = 600_000;

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
  readonly #receipts: ReceiptSender;
  readonly #uses = new Set<ProductUse>();
  readonly #surroundings: Surroundings;
  #opened: Promise<LeaseGround> | undefined;
  #renewal: LeaseRenewal | undefined;
  #callOffNote = () => {};

  /** @internal Use `createNamesake`. */
  constructor(options: NamesakeOptions, clock: Clock, surroundings: Surroundings = thisMachine) {
    const { server, application, place, cache } = options;
    const { origin } = readServerAddress(server, options.allowInsecure ?? false);
    this.#options = options;
    this.#clock = clock;
    this.#surroundings = surroundings;
    this.#guard = new ClockGuard(clock);
    const onTime = (moment: number) => this.#guard.serverSaid(moment);
    this.#link = new ServerLink({ server, fetch: options.fetch ?? globalFetch, clock, onTime });
    this.#tokens = new TokenKeeper(`token ${origin} ${application}`, cache);
    const parts = { link: this.#link, tokens: this.#tokens, clock };
    this.#feed = new EntitlementFeed(parts);
    this.#receipts = new ReceiptSender(parts);
    this.leases = new Leases({ ...parts, ground: () => this.#open(), guard: this.#guard, application, place });
    this.#feed.events.on('signedOut', () => void this.#forgetLeases().catch(() => {}));
    this.#feed.events.on('connection', ({ online }) => online || this.#noteTime());
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
    await this.#forgetLeases();
    await this.#tokens.keep(token);
    this.#feed.accountChanged();
  }

  /**
   * Forgets the token and the leases, then revokes the token (RFC 7009). Uses that are open are locked with the reason `signedOut`.
   *
   * @throws NamesakeError `unreachable` or `refused` when it could not be revoked; it is forgotten here all the same.
   */
  async signOut(): Promise<void> {
    const token = await this.#tokens.find();
    await this.#forgetLeases();
    if (token === undefined) return;
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
    const { keeper } = await this.#open();
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
      onLook: () => this.#settle(),
      onApplied: (one, item) => this.#confirm(one, item, { live: true }),
      onClose: () => {
        this.#uses.delete(use);
        this.#settle();
        if (this.#uses.size === 0) this.#callOffNote();
        this.#feed.unfollow(followed);
        signal?.removeEventListener('abort', close);
      },
    });
    this.#uses.add(use);
    signal?.addEventListener('abort', close);
    this.#noteTimeAgain();
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
    const { keeper } = await this.#open();
    await keeper.load({ anew: true });
    const parts = { link: this.#link, tokens: this.#tokens, guard: this.#guard, keeper, heardAt: this.#feed.heardAt };
    return await explain({ ...parts, product, team });
  }

  /** Closes all uses, and with them the connection. The token is kept. */
  close(): void {
    for (const use of [...this.#uses]) use.close();
    this.#receipts.stop();
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

  /** Gets leases for what the server has unlocked, and removes those for what it has not. */
  #settle(): void {
    const unlocked = [...this.#uses].flatMap((use) => use.granted ?? []);
    this.#renewal?.want(unlocked);
    for (const item of unlocked) this.#confirmFirst(item);
    if (this.#feed.contact !== 'known') return;
    void this.#dropTaken().catch(() => {});
  }

  async #dropTaken(): Promise<void> {
    const answers = [...this.#uses].flatMap(({ product, answered }) => (answered ? { product, answered } : []));
    if (answers.length === 0) return;
    const { keeper } = await this.#open();
    await keeper.drop((lease) =>
      answers.some(
        ({ product, answered }) =>
          isOf(product, lease) && !answered.some(({ teamId, decision }) => decision && teamId === lease.teamId),
      ),
    );
  }

  #confirmFirst({ teamId, productId, revision }: Entitlement): void {
    this.#receipts.confirm({ teamId, productId, revision, state: 'unlocked' }, { live: false });
  }

  #confirm({ granted }: ProductUse, { teamId, productId, revision }: Entitlement, how: { live: boolean }): void {
    const state = granted === undefined ? 'locked' : 'unlocked';
    this.#receipts.confirm({ teamId, productId, revision, state }, how);
  }

  async #open(): Promise<LeaseGround> {
    this.#opened ??= this.#layGround();
    try {
      return await this.#opened;
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
  }

  async #layGround(): Promise<LeaseGround> {
    const { server, application, trustedKeys, cache, issuer = server } = this.#options;
    const ground = await openLeases({
      place: `${new URL(server).origin} ${application}`,
      application,
      issuer,
      trustedKeys,
      cache,
      link: this.#link,
      tokens: this.#tokens,
      guard: this.#guard,
      surroundings: this.#surroundings,
    });
    this.#renewal = new LeaseRenewal({
      issuer: ground.issuer,
      keeper: ground.keeper,
      guard: this.#guard,
      clock: this.#clock,
      onRefused: () => this.#feed.askAgain(),
    });
    return ground;
  }

  async #forgetLeases(): Promise<void> {
    this.#receipts.forget();
    await (await this.#open()).keeper.clear();
  }

  #noteTimeAgain(): void {
    this.#callOffNote();
    if (this.#uses.size === 0) return;
    this.#callOffNote = this.#clock.after(noteTimeMs, () => {
      this.#noteTime();
      this.#noteTimeAgain();
    });
  }

  #noteTime(): void {
    // A place that cannot be written to is no reason to stop working.
    void this.#opened?.then(({ keeper }) => keeper.noteTime()).catch(() => {});
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
