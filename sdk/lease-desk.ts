import type { Clock } from './clock.ts';
import type { Entitlement } from './entitlement.ts';
import type { EntitlementFeed } from './entitlement-feed.ts';
import type { ClockGuard } from './lease/clock-guard.ts';
import { isOf } from './lease/decide-offline.ts';
import type { LeaseGround, Surroundings } from './lease/lease-ground.ts';
import { openLeases } from './lease/lease-ground.ts';
import { LeaseRenewal } from './lease/lease-renewal.ts';
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
  #opened: Promise<LeaseGround> | undefined;
  #renewal: LeaseRenewal | undefined;
  #callOffNote: (() => void) | undefined;

  constructor(parts: LeaseDeskOptions) {
    this.#parts = parts;
    this.#receipts = new ReceiptSender(parts);
    parts.feed.events.on('signedOut', () => void this.forget().catch(() => {}));
    parts.feed.events.on('connection', ({ online }) => online || this.#noteTime());
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
    if (this.#parts.feed.contact === 'known') void this.#dropTaken(uses).catch(() => {});
    if (uses.size > 0) this.#noteTimeAgain();
    else this.#rest();
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
    const parts = { place, application, issuer, trustedKeys, cache, link, tokens, guard, surroundings };
    const ground = await openLeases(parts);
    this.#renewal = new LeaseRenewal({ ...ground, guard, clock, onRefused: () => feed.askAgain() });
    return ground;
  }

  #rest(): void {
    this.#receipts.stop();
    this.#callOffNote?.();
    this.#callOffNote = undefined;
  }

  async #dropTaken(uses: ReadonlySet<ProductUse>): Promise<void> {
    const answers = [...uses].flatMap(({ product, answered }) => (answered ? { product, answered } : []));
    if (answers.length === 0) return;
    const { accountId } = this.#parts.feed;
    const { keeper } = await this.open();
    await keeper.drop(
      (lease) =>
        lease.accountId !== accountId ||
        answers.some(
          ({ product, answered }) =>
            isOf(product, lease) && !answered.some(({ teamId, decision }) => decision && teamId === lease.teamId),
        ),
    );
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
