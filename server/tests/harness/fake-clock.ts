import type { Clock } from '../../platform/clock.ts';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;

  constructor(start = '2026-03-02T09:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  forward({ days = 0, seconds = 0 }: { days?: number; seconds?: number }): void {
    this.#now += days * 86_400_000 + seconds * 1000;
  }
}
