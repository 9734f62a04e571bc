import type { Clock } from '../clock.ts';

interface Timer {
  at: number;
  readonly run: () => void;
}

/** A clock that moves when told. Chance is one half unless it is set. */
export class FakeClock implements Clock {
  chance = 0.5;
  #elapsed = 0;
  #offset = 0;
  readonly #timers = new Set<Timer>();

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return Date.UTC(2026, 10, 24) + this.#elapsed + this.#offset;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#elapsed + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Somebody puts the wall clock forward, or back. */
  set(ms: number): void {
    this.#offset += ms;
  }

  /** Lets time pass, timer by timer, and all that follows from each. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#elapsed = next.at;
      this.#timers.delete(next);
      next.run();
      await settle();
    }
    this.#elapsed = end;
  }

  /** The machine sleeps: time passes, and no timer runs before it wakes. */
  async sleep(ms: number): Promise<void> {
    for (const timer of this.#timers) timer.at += ms;
    this.#elapsed += ms;
    await settle();
  }

  #nextUntil(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Lets everything happen that waits for no time. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
