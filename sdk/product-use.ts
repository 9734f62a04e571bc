import type { Clock } from './clock.ts';
import type { Entitlement, Team } from './entitlement.ts';
import type { Connection, EntitlementFeed, FollowedProduct, Told } from './entitlement-feed.ts';
import type { ClockGuard } from './lease/clock-guard.ts';
import { decideOffline, isOf, leasedTeams } from './lease/decide-offline.ts';
import type { LeaseInfo } from './lease/lease-info.ts';
import { infoOf } from './lease/lease-info.ts';
import type { LeaseKeeper } from './lease/lease-keeper.ts';
import { NamesakeError } from './namesake-error.ts';
import { TypedEvents } from './typed-events.ts';
import type { Offline, UseReason, UseSnapshot, UseState } from './use-state.ts';
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
  /** Somebody handed a licence to this person a moment ago. */
  given: UseSnapshot;
  /** The licence was taken back a moment ago. */
  taken: UseSnapshot;
  /** The term comes to its end; `until` says when. */
  ending: UseSnapshot;
  /** The term was renewed; `until` says until when. */
  renewed: UseSnapshot;
  /** The lease on this device is another one now, or gone. */
  lease: LeaseInfo | undefined;
}

/** How a use is set up. */
export interface ProductUseOptions {
  readonly feed: EntitlementFeed;
  readonly followed: FollowedProduct;
  readonly team: string | undefined;
  readonly leases: LeaseKeeper;
  readonly guard: ClockGuard;
  readonly clock: Clock;
  /** Called after every look, whatever it found. */
  readonly onLook: () => void;
  /** Called once a change that the stream told of is applied. */
  readonly onApplied: (use: ProductUse, item: Entitlement) => void;
  readonly onClose: () => void;
}

/** How often the kept leases and the clock are looked at while there is no contact. */
const lookAgainMs = 30_000;
/** How far the clock may go back between two checks before everything is looked at anew. */
const setBackMs = 120_000;

/**
 * A product in use: its state now, and every change of it.
 *
 * While the connection is lost the last known state holds for at most 60 seconds after the server's last sign of life.
 * Then the lease that is kept decides until it ends. Without one the state is `unknown`, which means locked for the
 * application, until the server has answered again.
 */
export class ProductUse {
  readonly #options: ProductUseOptions;
  readonly #clock: Clock;
  readonly #feed: EntitlementFeed;
  readonly #events = new TypedEvents<ProductUseEvents>();
  readonly #stopListening: readonly (() => void)[];
  readonly #ended = new AbortController();
  #onlyTeam: string | undefined;
  #lastTeam: Team | undefined;
  #lastLease: string | undefined;
  #current: UseSnapshot;
  /** The latest moment that a check has seen, and the moment at which the lease in use ends, by the wall clock. */
  #latest = 0;
  #leaseEnds = 0;
  #callOffLook = () => {};

  /** @internal Use `namesake.use`. */
  constructor(options: ProductUseOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#feed = options.feed;
    this.#current = this.#decide();
    this.#stopListening = [
      options.feed.events.on('change', () => this.#look()),
      options.feed.events.on('told', (told) => this.#hear(told)),
      options.feed.events.on('connection', () => this.#events.emit('connection', this.connection)),
      options.leases.events.on('change', () => this.#leasesChanged()),
      () => this.#callOffLook(),
    ];
    this.#look();
    this.#lastLease = this.lease?.id;
  }

  /** Whether the product may be used at this moment. Meant to be asked often: it takes well under a microsecond. */
  get allowed(): boolean {
    return this.state === 'unlocked';
  }

  get state(): UseState {
    this.#check();
    return this.#current.state;
  }

  /** Everything about this moment at once. */
  get current(): UseSnapshot {
    this.#check();
    return this.#current;
  }

  get reason(): UseReason {
    return this.current.reason;
  }

  get team(): Team | undefined {
    return this.current.team;
  }

  /** Set while a lease unlocks without contact: since when, and for how long. */
  get offline(): Offline | undefined {
    return this.current.offline;
  }

  /** The lease on this device for the team in use, with why it does not count if it does not. */
  get lease(): LeaseInfo | undefined {
    const { leases, followed } = this.#options;
    const teamId = this.#current.team?.id;
    const kept = leases.kept.find(
      ({ lease }) => lease && lease.teamId === teamId && isOf(followed.topic.product, lease),
    );
    return kept?.lease && infoOf(kept.lease, kept.refusal);
  }

  /**
   * The product in each team of the account: what to choose from when the reason is `chooseTeam`.
   *
   * Before the server has answered it is in the teams that there are leases for.
   */
  get entitlements(): readonly Entitlement[] {
    const { leases, followed } = this.#options;
    return followed.topic.entitlements ?? leasedTeams(leases.kept, followed.topic.product);
  }

  /** Whether the server can be heard; if not, until when the state holds: to the end of the lease where there is one. */
  get connection(): Connection {
    const { connection } = this.#feed;
    if (connection.online || this.#current.state !== 'unlocked') return connection;
    const lease = this.#current.offline ?? this.#decideByLease()?.offline;
    return lease === undefined ? connection : { ...connection, holdsUntil: lease.until };
  }

  /** @internal The server's answer that unlocks it; undefined when it is locked, or unlocked by a lease. */
  get granted(): Entitlement | undefined {
    const { state, offline, team } = this.#current;
    if (state !== 'unlocked' || offline !== undefined) return undefined;
    return this.entitlements.find(({ teamId }) => teamId === team?.id);
  }

  /** @internal All that the server has answered; undefined before it has. */
  get answered(): readonly Entitlement[] | undefined {
    return this.#options.followed.topic.entitlements;
  }

  /** @internal The product as the application names it. */
  get product(): string {
    return this.#options.followed.topic.product;
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
      else look(this.current);
    });
  }

  /** Stops following. The state stays as it was last; closing twice does no harm. */
  close(): void {
    if (this.#ended.signal.aborted) return;
    for (const stop of this.#stopListening) stop();
    this.#ended.abort(new NamesakeError('closed'));
    this.#options.onClose();
  }

  /** Whether what was decided still holds at this moment: timers come late to a machine that slept. */
  #check(): void {
    const { state, offline } = this.#current;
    if (state !== 'unlocked') return;
    const now = this.#clock.now();
    if (now > this.#latest) this.#latest = now;
    const ends = offline === undefined ? this.#feed.heldUntil : this.#leaseEnds;
    if (now < ends && now > this.#latest - setBackMs) return;
    this.#feed.look();
    this.#look();
  }

  #look(): void {
    const before = this.#current;
    this.#current = this.#decide();
    this.#latest = this.#clock.now();
    const now = this.#current;
    this.#planNextLook();
    if (differs(before, now)) {
      this.#events.emit('change', now);
      if (now.state !== before.state && now.state === 'unlocked') this.#events.emit('unlocked', now);
      if (now.state !== before.state && before.state === 'unlocked') this.#events.emit('locked', now);
    }
    this.#options.onLook();
  }

  #leasesChanged(): void {
    this.#look();
    const { lease } = this;
    if (lease?.id === this.#lastLease) return;
    this.#lastLease = lease?.id;
    this.#events.emit('lease', lease);
  }

  #hear({ type, item }: Told): void {
    if (item.teamId !== this.#current.team?.id || item.revision !== this.#current.revision) return;
    if (isStory(type)) this.#events.emit(type, this.#current);
    this.#options.onApplied(this, item);
  }

  /** The lease ends, a clock is set, another process leaves a lease: nobody tells, so it is looked at. */
  #planNextLook(): void {
    this.#callOffLook();
    if (this.#feed.contact === 'known' || this.#ended.signal.aborted) return;
    const { leases, guard } = this.#options;
    const leftMs = (this.#current.offline?.until.getTime() ?? Number.POSITIVE_INFINITY) - guard.now();
    this.#leaseEnds = this.#clock.now() + leftMs;
    this.#callOffLook = this.#clock.after(Math.min(lookAgainMs, Math.max(0, leftMs)), () => {
      // What cannot be read now may be readable in half a minute; what is known stays.
      leases.load({ anew: true }).catch(() => {});
      this.#look();
    });
  }

  /**
   * The only team stays chosen when others join it, and keeps its name when the account has left it,
   * until somebody else may have signed in.
   */
  #decide(): UseSnapshot {
    const { feed, followed } = this.#options;
    const { entitlements } = followed.topic;
    if (entitlements === undefined) this.#onlyTeam = undefined;
    else if (entitlements.length === 1) this.#onlyTeam ??= entitlements[0]?.teamId;
    const decided = decideUse({ contact: feed.contact, entitlements, teamId: this.#teamId });
    if (decided.state === 'unknown') return this.#decideByLease() ?? this.#named(decided, entitlements);
    return this.#named(decided, entitlements);
  }

  #named(decided: UseSnapshot, entitlements: readonly Entitlement[] | undefined): UseSnapshot {
    this.#lastTeam = decided.team ?? (entitlements && this.#lastTeam);
    return { ...decided, team: this.#lastTeam };
  }

  #decideByLease(): UseSnapshot | undefined {
    const { leases, followed, feed } = this.#options;
    const { kept, broken } = leases;
    return decideOffline({ kept, broken, product: followed.topic.product, teamId: this.#teamId, since: feed.heardAt });
  }

  get #teamId(): string | undefined {
    return this.#options.team ?? this.#onlyTeam;
  }
}

type Story = 'given' | 'taken' | 'ending' | 'renewed';

function isStory(type: string): type is Story {
  return type === 'given' || type === 'taken' || type === 'ending' || type === 'renewed';
}
