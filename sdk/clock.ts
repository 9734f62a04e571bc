/** Time and chance as the SDK sees them. Tests bring their own. */
export interface Clock {
  /** The wall clock, in milliseconds since 1970. For people to read, never to measure with. */
  now(): number;
  /** Milliseconds that have passed since some fixed moment, sleep of the machine included. Never runs backwards. */
  elapsed(): number;
  /** Runs something once, later. Returns how to call it off. */
  after(ms: number, run: () => void): () => void;
  /** An even chance in 0 to 1, without 1. */
  random(): number;
}

/** How long both clocks are read against the same start; short steps would add up to more time than has passed. */
const strideMs = 60_000;

/**
 * The machine's own clock.
 *
 * The monotonic clock stands still while a laptop sleeps and the wall clock
 * can be set back, so `elapsed` grows by whichever of the two moved further.
 */
export function systemClock(): Clock {
  let wall = Date.now();
  let monotonic = performance.now();
  let total = 0;
  let told = 0;
  return {
    now: () => Date.now(),
    elapsed() {
      const passed = Math.max(Date.now() - wall, performance.now() - monotonic, 0);
      told = Math.max(told, total + passed);
      if (passed >= strideMs || Date.now() < wall) {
        total = told;
        wall = Date.now();
        monotonic = performance.now();
      }
      return told;
    },
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
  };
}

/**
 * Waits, unless the signal ends it.
 *
 * @throws The signal's reason.
 */
export function wait(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const giveUp = () => {
      callOff();
      reject(signal?.reason);
    };
    const callOff = clock.after(ms, () => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    });
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}
