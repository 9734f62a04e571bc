import type { Clock } from '../clock.ts';

/** How far a clock may be put back before that is taken for more than keeping it right. */
const toleranceMs = 120_000;

/**
 * Knows what time it is at least, so that a clock that was set back prolongs no lease.
 *
 * Once the server has said its time, that counts, and what has passed since. Without contact it is the latest moment that
 * was seen, here or in the last run, or the clock of the device where that is ahead.
 */
export class ClockGuard {
  readonly #clock: Clock;
  #seenAt = 0;
  /** When `#seenAt` was learned, by the clock that only moves on. */
  #learnedAt: number;
  #aheadMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#learnedAt = clock.elapsed();
  }

  /** The time by all that is known, in milliseconds since 1970. */
  now(): number {
    const over = this.#seenAt + this.#clock.elapsed() - this.#learnedAt;
    const wall = this.#clock.now();
    if (this.#aheadMs !== undefined || wall < over) return over;
    this.#learn(wall);
    return wall;
  }

  /** What the device's clock shows. */
  get wall(): number {
    return this.#clock.now();
  }

  /**
   * Whether the clock shows a moment that is over.
   *
   * A clock that is wrong by what the server has told in this run was not set back: then its time is put right first.
   */
  get isSetBack(): boolean {
    return this.serverNow < this.now() - toleranceMs;
  }

  /** By how much the server's clock was ahead of the device's when it was last heard, in milliseconds. */
  get aheadMs(): number | undefined {
    return this.#aheadMs;
  }

  /** The time by the server's clock, as far as that is known. */
  get serverNow(): number {
    return this.#clock.now() + (this.#aheadMs ?? 0);
  }

  /** Takes the server's word for what time it is. */
  serverSaid(moment: number): void {
    this.#aheadMs = moment - this.#clock.now();
    this.#learn(moment);
  }

  /** Takes a moment that a signed document or the last run has seen; nothing new for who has heard the server. */
  saw(moment: number): void {
    if (this.#aheadMs === undefined && moment > this.now()) this.#learn(moment);
  }

  /** The moment to write down: the server's word, or else the latest that was seen, this one included. */
  mark(moment: number): number {
    this.saw(moment);
    return this.now();
  }

  #learn(moment: number): void {
    this.#seenAt = moment;
    this.#learnedAt = this.#clock.elapsed();
  }
}
