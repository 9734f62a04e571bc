import { AppError } from './app-error.ts';

/** Lets so much work in at a time, keeps a short queue for the rest, and turns away what would wait too long. */
export interface LoadLimit {
  /**
   * Runs work when there is room.
   *
   * @param of.begun Whether the request was let in before and goes on: it goes first, and is not turned away for a long queue.
   * @throws AppError `overloaded` with the seconds to wait, before the work has begun.
   */
  run<T>(work: () => Promise<T>, of?: { begun: boolean }): Promise<T>;
}

export interface LoadBounds {
  /** How many run at a time. */
  readonly running: number;
  /** How many wait at most. */
  readonly waiting: number;
  /** How long one waits at most. */
  readonly waitMilliseconds: number;
}

const LONGEST_PAUSE_SECONDS = 4;

/**
 * Makes a limit. What is turned away has cost next to nothing, so a server that gets more than it can do goes on doing what it can.
 *
 * @param shed Told of each that is turned away.
 */
export function createLoadLimit(bounds: LoadBounds, shed: () => void = () => {}): LoadLimit {
  let running = 0;
  const begun = new Set<() => void>();
  const fresh = new Set<() => void>();

  const refuse = () => {
    shed();
    return new AppError('overloaded', { retryAfterSeconds: pauseSeconds() });
  };
  /** Whoever leaves hands the place on, so that nobody who comes meanwhile gets in between. */
  const wait = (queue: Set<() => void>) =>
    new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        queue.delete(enter);
        reject(refuse());
      }, bounds.waitMilliseconds);
      late.unref();
      queue.add(enter);
    });
  const leave = () => {
    const queue = begun.size > 0 ? begun : fresh;
    const [enter] = queue;
    if (!enter) {
      running -= 1;
      return;
    }
    queue.delete(enter);
    enter();
  };

  return {
    async run(work, of = { begun: false }) {
      if (running < bounds.running) running += 1;
      else if (!of.begun && fresh.size >= bounds.waiting) throw refuse();
      else await wait(of.begun ? begun : fresh);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

/** Spread, so that those who were turned away together do not come again together. */
const pauseSeconds = (): number => 1 + Math.floor(Math.random() * LONGEST_PAUSE_SECONDS);
