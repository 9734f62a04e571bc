import type { NamesakeCache } from './cache.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { SignInPrompt } from './device-sign-in.ts';
import { signInByDevice } from './device-sign-in.ts';
import type { Account, AccountEntitlements, Team } from './entitlement.ts';
import { readAccountEntitlements } from './entitlement.ts';
import { EntitlementFeed } from './entitlement-feed.ts';
import { NamesakeError } from './namesake-error.ts';
import { ProductUse } from './product-use.ts';
import type { Fetch } from './server-link.ts';
import { ServerLink } from './server-link.ts';
import { TokenKeeper } from './token-keeper.ts';

/** Which server, and who asks. */
export interface NamesakeOptions {
  /** The server's address, such as `https://licences.example.com`. */
  readonly server: string;
  /** The application's id or key. */
  readonly application: string;
  /** Where the application runs, such as the machine's name. The person sees it when approving the sign-in. */
  readonly place?: string;
  /** Where to keep the token. The platform's own place by default, memory in a browser. */
  readonly cache?: NamesakeCache;
  /** Replaces the global `fetch`, for a proxy or a test. */
  readonly fetch?: Fetch;
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
 * @throws TypeError when `server` is no absolute URL.
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

/** An application's door to its licences. */
export class Namesake {
  readonly #options: NamesakeOptions;
  readonly #clock: Clock;
  readonly #link: ServerLink;
  readonly #tokens: TokenKeeper;
  readonly #feed: EntitlementFeed;
  readonly #uses = new Set<ProductUse>();

  /** @internal Use `createNamesake`. */
  constructor(options: NamesakeOptions, clock: Clock) {
    const { origin } = new URL(options.server);
    this.#options = options;
    this.#clock = clock;
    this.#link = new ServerLink({ server: options.server, fetch: options.fetch ?? globalFetch, clock });
    this.#tokens = new TokenKeeper(`token ${origin} ${options.application}`, options.cache);
    this.#feed = new EntitlementFeed({ link: this.#link, tokens: this.#tokens, clock });
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
    await this.#tokens.keep(token);
    this.#feed.accountChanged();
  }

  /**
   * Forgets the token, then revokes it (RFC 7009). Uses that are open are locked with the reason `signedOut`.
   *
   * @throws NamesakeError `unreachable` or `refused` when it could not be revoked; it is forgotten here all the same.
   */
  async signOut(): Promise<void> {
    const token = await this.#tokens.find();
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
   * Begins to use a product, and answers as soon as the server has.
   *
   * A missing licence is no error but a state; so is a server that does not answer (`unknown`, and it goes on trying).
   * All uses share one connection.
   *
   * @throws NamesakeError `notSignedIn`, `notFound`, `refused`, `unreadable`; the signal's reason
   */
  async use({ product, team, signal }: UseOptions): Promise<ProductUse> {
    signal?.throwIfAborted();
    if (!(await this.isSignedIn())) throw new NamesakeError('notSignedIn');
    const followed = this.#feed.follow(product);
    const close = () => use.close();
    const use = new ProductUse({
      feed: this.#feed,
      followed,
      team,
      onClose: () => {
        this.#uses.delete(use);
        this.#feed.unfollow(followed);
        signal?.removeEventListener('abort', close);
      },
    });
    this.#uses.add(use);
    signal?.addEventListener('abort', close);
    try {
      await this.#feed.askFirst(followed);
      signal?.throwIfAborted();
      return use;
    } catch (error) {
      use.close();
      signal?.throwIfAborted();
      throw error;
    }
  }

  /** Closes all uses, and with them the connection. The token is kept. */
  close(): void {
    for (const use of [...this.#uses]) use.close();
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
