import type { Clock } from './clock.ts';

const longestNapMs = 5_000;

/**
 * Calls out when something that was expected has not been heard of in time.
 *
 * It looks again every few seconds instead of setting one long timer:
 * a machine that slept finds out soon after it wakes, and hearing something costs no timer.
 */
export class SilenceWatch {
  readonly #clock: Clock;
  readonly #onSilence: () => void;
  #deadline = 0;
  #callOff: (() => void) | undefined;

  constructor(clock: Clock, onSilence: () => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
  }

  /** Expects the next sign of life within so many milliseconds from now. */
  expectWithin(ms: number): void {
    this.#deadline = this.#clock.elapsed() + ms;
    if (this.#callOff === undefined) this.#nap();
  }

  /** Expects nothing any more. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  /** Looks now, and calls out if it is time. */
  look(): void {
    if (this.#callOff === undefined || this.#clock.elapsed() < this.#deadline) return;
    this.stop();
    this.#onSilence();
  }

  /** Milliseconds until it calls out; 0 when it does not watch. */
  remainingMs(): number {
    if (this.#callOff === undefined) return 0;
    return Math.max(0, this.#deadline - this.#clock.elapsed());
  }

  #nap(): void {
    const left = this.#deadline - this.#clock.elapsed();
    this.#callOff = this.#clock.after(Math.min(Math.max(left, 0), longestNapMs), () => {
      this.#callOff = undefined;
      if (this.#clock.elapsed() < this.#deadline) this.#nap();
      else this.#onSilence();
    });
  }
}
