import type { Clock } from './clock.ts';
import type { ServerLink } from './server-link.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** What was picked up: the state that a revision of a team led to here. */
export interface Receipt {
  readonly teamId: string;
  readonly productId: string;
  readonly revision: number;
  readonly state: 'unlocked' | 'locked';
}

/** What the sender works with. */
export interface ReceiptSenderOptions {
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly clock: Clock;
}

/** What comes in one breath is confirmed in one breath. */
const breathMs = 50;
/** Who just started has nobody waiting for the receipt, and thousands start at nine. */
const startMs = 5_000;

/**
 * Tells the server what the application has picked up, so that whoever gave a licence sees that it arrived.
 *
 * Nothing waits for it, and one that is lost is made good by the next.
 */
export class ReceiptSender {
  readonly #options: ReceiptSenderOptions;
  readonly #waiting = new Map<string, Receipt>();
  readonly #sent = new Map<string, Receipt>();
  #callOff: (() => void) | undefined;
  #dueAt = 0;

  constructor(options: ReceiptSenderOptions) {
    this.#options = options;
  }

  /**
   * Confirms a state, once for each revision. Of several that wait for the same product and team the newest is sent.
   *
   * @param live Whether it happened this moment, and somebody may be looking.
   */
  confirm(receipt: Receipt, { live }: { readonly live: boolean }): void {
    const { clock } = this.#options;
    const name = `${receipt.teamId} ${receipt.productId}`;
    const sent = this.#sent.get(name);
    if (sent !== undefined && (sent.revision > receipt.revision || isSame(sent, receipt))) return;
    this.#waiting.set(name, receipt);
    const pauseMs = live ? breathMs : clock.random() * startMs;
    if (this.#callOff !== undefined && this.#dueAt <= clock.elapsed() + pauseMs) return;
    this.stop();
    this.#dueAt = clock.elapsed() + pauseMs;
    this.#callOff = clock.after(pauseMs, () => void this.#send());
  }

  /** Sends nothing any more that waits. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  /** Forgets what was sent: somebody else signs in. */
  forget(): void {
    this.stop();
    this.#waiting.clear();
    this.#sent.clear();
  }

  async #send(): Promise<void> {
    this.#callOff = undefined;
    const receipts = [...this.#waiting];
    this.#waiting.clear();
    for (const [name, receipt] of receipts) this.#sent.set(name, receipt);
    const { link, tokens } = this.#options;
    const token = await tokens.find().catch(() => undefined);
    if (token === undefined) return;
    const posts = receipts.map(([, receipt]) => link.postJson('/v1/me/receipts', receipt, token));
    await Promise.allSettled(posts);
  }
}

function isSame(one: Receipt, other: Receipt): boolean {
  return one.revision === other.revision && one.state === other.state;
}
