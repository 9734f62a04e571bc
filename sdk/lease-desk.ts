import type { Clock } from './clock.ts';
import type { Entitlement } from './entitlement.ts';
import type { EntitlementFeed } from './entitlement-feed.ts';
import type { ClockGuard } from './lease/clock-guard.ts';
import type { LeaseGround, Surroundings } from './lease/lease-ground.ts';
import { openLeases } from './lease/lease-ground.ts';
import { LeaseRenewal } from './lease/lease-renewal.ts';
import { LeaseSweep } from './lease/lease-sweep.ts';
import { OverLeases } from './lease/over-leases.ts';
import type { NamesakeOptions } from './namesake-options.ts';
import type { ProductUse } from './product-use.ts';
import { ReceiptSender } from './receipt-sender.ts';
import type { ServerLink } from './server-link.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** What the desk works with. */
export interface LeaseDeskOptions {
  readonly options: NamesakeOptions;
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly feed: EntitlementFeed;
  readonly clock: Clock;
  readonly guard: ClockGuard;
  readonly surroundings: Surroundings;
}

/** How often it is written down what time it is, so that a clock that was set back is found out. */
const noteTimeMs = 600_000;

/**
 * Follows what the server says of the products in use: gets leases for what it has unlocked, removes those for what it has
 * not, and confirms to it what was picked up.
 */
export class LeaseDesk {
  readonly #parts: LeaseDeskOptions;
  readonly #receipts: ReceiptSender;
  readonly #over: OverLeases;
  #opened: Promise<LeaseGround> | undefined;
  #renewal: LeaseRenewal | undefined;
  #sweep: LeaseSweep | undefined;
  #callOffNote: (() => void) | undefined;

  constructor(parts: LeaseDeskOptions) {
    this.#parts = parts;
    this.#receipts = new ReceiptSender(parts);
    this.#over = new OverLeases(() => parts.feed.accountId);
    parts.feed.events.on('signedOut', () => void this.forget().catch(() => {}));
    parts.feed.events.on('connection', ({ online }) => (online ? this.#sweep?.now() : this.#noteTime()));
  }

  /** Reads what is kept, once. */
  async open(): Promise<LeaseGround> {
    this.#opened ??= this.#layGround();
    try {
      return await this.#opened;
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
  }

  /** Acts on what the products in use are told now. Without any it does nothing more. */
  settle(uses: ReadonlySet<ProductUse>): void {
    const unlocked = [...uses].flatMap((use) => use.granted ?? []);
    this.#renewal?.want(unlocked);
    for (const item of unlocked) this.#receipts.confirm(receiptOf(item, 'unlocked'), { live: false });
    for (const { product, answered } of uses) if (answered !== undefined) this.#over.hear(product, answered);
    if (uses.size === 0) {
      this.#rest();
      return;
    }
    this.#dropOver();
    this.#noteTimeAgain();
  }

  /** Confirms a change that the stream told of a moment ago. */
  confirm({ granted }: ProductUse, item: Entitlement): void {
    this.#receipts.confirm(receiptOf(item, granted === undefined ? 'locked' : 'unlocked'), { live: true });
  }

  /** Forgets everything that was the account's. */
  async forget(): Promise<void> {
    this.#receipts.forget();
    await (await this.open()).keeper.clear();
  }

  async #layGround(): Promise<LeaseGround> {
    const { options, surroundings, feed, clock, guard, link, tokens } = this.#parts;
    const { server, application, trustedKeys, cache, issuer = server } = options;
    const place = `${new URL(server).origin} ${application}`;
    const over = this.#over;
    const parts = { place, application, issuer, trustedKeys, cache, link, tokens, guard, over, surroundings };
    const ground = await openLeases(parts);
    this.#sweep = new LeaseSweep(ground.keeper, clock);
    this.#renewal = new LeaseRenewal({ ...ground, guard, clock, onRefused: () => feed.askAgain() });
    return ground;
  }

  get #isInUse(): boolean {
    return this.#callOffNote !== undefined;
  }

  #rest(): void {
    this.#sweep?.stop();
    this.#receipts.stop();
    this.#callOffNote?.();
    this.#callOffNote = undefined;
  }

  /** What the cache does not let go of now counts no more all the same, and is tried again. */
  #dropOver(): void {
    void this.#opened
      ?.then(({ keeper }) => keeper.dropOver())
      .catch(() => {})
      .then(() => this.#isInUse && this.#sweep?.plan());
  }

  #noteTimeAgain(): void {
    this.#callOffNote ??= this.#parts.clock.after(noteTimeMs, () => {
      this.#callOffNote = undefined;
      this.#noteTime();
      this.#noteTimeAgain();
    });
  }

  #noteTime(): void {
    // A place that cannot be written to is no reason to stop working.
    void this.#opened?.then(({ keeper }) => keeper.noteTime()).catch(() => {});
  }
}

function receiptOf({ teamId, productId, revision }: Entitlement, state: 'unlocked' | 'locked') {
  return { teamId, productId, revision, state };
}
