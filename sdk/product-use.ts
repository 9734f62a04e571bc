import type { Entitlement, Team } from './entitlement.ts';
import type { Connection, EntitlementFeed, FollowedProduct } from './entitlement-feed.ts';
import { NamesakeError } from './namesake-error.ts';
import { TypedEvents } from './typed-events.ts';
import type { UseReason, UseSnapshot, UseState } from './use-state.ts';
import { decideUse, differs } from './use-state.ts';

/** What a use tells its listeners. */
export interface ProductUseEvents {
  /** Anything of the snapshot changed. Comes before the events below. */
  change: UseSnapshot;
  /** The product may be used from now on. */
  unlocked: UseSnapshot;
  /** The product may no longer be used: the licence was taken back, or nobody knows any more. The reason says which. */
  locked: UseSnapshot;
  /** The connection to the server was lost or is back. */
  connection: Connection;
}

/** How a use is set up. */
export interface ProductUseOptions {
  readonly feed: EntitlementFeed;
  readonly followed: FollowedProduct;
  readonly team: string | undefined;
  readonly onClose: () => void;
}

/**
 * A product in use: its state now, and every change of it.
 *
 * While the connection is lost the last known state holds for at most 60 seconds after the server's last sign of life.
 * Then it is `unknown`, which means locked for the application, until the server has answered again.
 */
export class ProductUse {
  readonly #options: ProductUseOptions;
  readonly #events = new TypedEvents<ProductUseEvents>();
  readonly #stopListening: readonly (() => void)[];
  readonly #ended = new AbortController();
  #onlyTeam: string | undefined;
  #lastTeam: Team | undefined;
  #current: UseSnapshot;

  /** @internal Use `namesake.use`. */
  constructor(options: ProductUseOptions) {
    this.#options = options;
    this.#current = this.#decide();
    this.#stopListening = [
      options.feed.events.on('change', () => this.#look()),
      options.feed.events.on('connection', (connection) => this.#events.emit('connection', connection)),
    ];
  }

  /** Everything about this moment at once. */
  get current(): UseSnapshot {
    return this.#current;
  }

  get state(): UseState {
    return this.#current.state;
  }

  get reason(): UseReason {
    return this.#current.reason;
  }

  get team(): Team | undefined {
    return this.#current.team;
  }

  /** The product in each team of the account: what to choose from when the reason is `chooseTeam`. */
  get entitlements(): readonly Entitlement[] {
    return this.#options.followed.topic.entitlements ?? [];
  }

  get connection(): Connection {
    return this.#options.feed.connection;
  }

  /** Listens from now on. Returns how to stop. */
  on<Type extends keyof ProductUseEvents>(type: Type, listener: (payload: ProductUseEvents[Type]) => void): () => void {
    return this.#events.on(type, listener);
  }

  /**
   * Waits for a state; at once when it is so already.
   *
   * @throws NamesakeError `closed` when the use is closed first; the signal's reason when that ends it.
   */
  until(state: UseState, options: { readonly signal?: AbortSignal } = {}): Promise<UseSnapshot> {
    return new Promise((resolve, reject) => {
      const ends = [this.#ended.signal, ...(options.signal ? [options.signal] : [])];
      const settle = (act: () => void) => {
        stopListening();
        for (const end of ends) end.removeEventListener('abort', giveUp);
        act();
      };
      const giveUp = () => settle(() => reject(ends.find((end) => end.aborted)?.reason));
      const look = (now: UseSnapshot) => now.state === state && settle(() => resolve(now));
      const stopListening = this.#events.on('change', look);
      for (const end of ends) end.addEventListener('abort', giveUp);
      if (ends.some((end) => end.aborted)) giveUp();
      else look(this.#current);
    });
  }

  /** Stops following. The state stays as it was last; closing twice does no harm. */
  close(): void {
    if (this.#ended.signal.aborted) return;
    for (const stop of this.#stopListening) stop();
    this.#ended.abort(new NamesakeError('closed'));
    this.#options.onClose();
  }

  #look(): void {
    const before = this.#current;
    this.#current = this.#decide();
    if (!differs(before, this.#current)) return;
    const now = this.#current;
    this.#events.emit('change', now);
    if (now.state === before.state) return;
    if (now.state === 'unlocked') this.#events.emit('unlocked', now);
    if (before.state === 'unlocked') this.#events.emit('locked', now);
  }

  /**
   * The only team stays chosen when others join it, and keeps its name when the account has left it,
   * until somebody else may have signed in.
   */
  #decide(): UseSnapshot {
    const { feed, followed, team } = this.#options;
    const { entitlements } = followed.topic;
    if (entitlements === undefined) this.#onlyTeam = undefined;
    else if (entitlements.length === 1) this.#onlyTeam ??= entitlements[0]?.teamId;
    const decided = decideUse({ contact: feed.contact, entitlements, teamId: team ?? this.#onlyTeam });
    this.#lastTeam = decided.team ?? (entitlements && this.#lastTeam);
    return { ...decided, team: this.#lastTeam };
  }
}
