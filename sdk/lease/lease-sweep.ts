import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

const firstPauseMs = 10_000;
const longestPauseMs = 600_000;

/** Removes later from the cache what could not be removed from it at once. */
export class LeaseSweep {
  readonly #keeper: LeaseKeeper;
  readonly #clock: Clock;
  #failures = 0;
  #isPlanned = false;
  #isRunning = false;
  #callOff: (() => void) | undefined;

  constructor(keeper: LeaseKeeper, clock: Clock) {
    this.#keeper = keeper;
    this.#clock = clock;
  }

  /** Sees to it that it is tried again, as long as something is left to remove. */
  plan(): void {
    this.#isPlanned = true;
    if (!this.#keeper.owes || this.#isRunning || this.#callOff !== undefined) return;
    this.#failures += 1;
    const ms = backoffMs(this.#failures, this.#clock.random(), firstPauseMs, longestPauseMs);
    this.#callOff = this.#clock.after(ms, () => {
      this.#callOff = undefined;
      void this.#run().then(() => this.#isPlanned && this.plan());
    });
  }

  /** Tries at once, because something has changed. */
  now(): void {
    if (!this.#keeper.owes || this.#isRunning) return;
    void this.#run();
  }

  /** Tries no more after a last time. */
  stop(): void {
    this.#isPlanned = false;
    this.#callOff?.();
    this.#callOff = undefined;
    this.now();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#keeper.sweep();
      if (!this.#keeper.owes) this.#failures = 0;
    } catch {
      // A cache that cannot be written to now may be written to later, and until then memory knows.
    } finally {
      this.#isRunning = false;
    }
  }
}
