import { AppError } from './app-error.ts';
import { FairQueue } from './fair-queue.ts';

/** Lets so much work in at a time, keeps a short queue for the rest, and turns away what would wait too long. */
export interface LoadLimit {
  /**
   * Runs work when there is room.
   *
   * @throws AppError `overloaded` with the seconds to wait, before the work has begun.
   */
  run<T>(work: () => Promise<T>, of: Claim): Promise<T>;
}

export interface Claim {
  /** Who asks, as far as it is known: places go round among those who wait, and a full queue loses what its greatest crowd sent last. */
  readonly who: string;
  /** Whether the request was let in before and goes on: it goes first, and is not turned away for a long queue. */
  readonly begun?: boolean;
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
  const begun = new FairQueue<Waiter>();
  const fresh = new FairQueue<Waiter>();

  const refusal = () => {
    shed();
    return new AppError('overloaded', { retryAfterSeconds: pauseSeconds() });
  };
  const patience = new Patience(bounds.waitMilliseconds, (waiter) => {
    waiter.queue.remove(waiter.who, waiter);
    waiter.reject(refusal());
  });
  const wait = (queue: FairQueue<Waiter>, who: string) =>
    new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { queue, who, since: performance.now(), resolve, reject };
      queue.add(who, waiter);
      patience.begin(waiter);
    });
  const queueUp = (who: string) => {
    if (fresh.size >= bounds.waiting) {
      const outgone = fresh.makeRoom(who);
      if (!outgone) throw refusal();
      patience.end(outgone);
      outgone.reject(refusal());
    }
    return wait(fresh, who);
  };
  /** Whoever leaves hands the place on, so that nobody who comes meanwhile gets in between. */
  const leave = () => {
    const next = begun.next() ?? fresh.next();
    if (!next) {
      running -= 1;
      return;
    }
    patience.end(next);
    next.resolve();
  };

  return {
    async run(work, { who, begun: isBegun = false }) {
      if (running < bounds.running) running += 1;
      else await (isBegun ? wait(begun, who) : queueUp(who));
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

interface Waiter {
  readonly queue: FairQueue<Waiter>;
  readonly who: string;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
}

/** Tells of those who have waited too long, by one clock for all: everybody's patience lasts as long, so it ends in the order of their coming. */
class Patience {
  readonly #waiting = new Set<Waiter>();
  readonly #milliseconds: number;
  readonly #over: (waiter: Waiter) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, over: (waiter: Waiter) => void) {
    this.#milliseconds = milliseconds;
    this.#over = over;
  }

  begin(waiter: Waiter): void {
    this.#waiting.add(waiter);
    this.#timer ??= this.#lookIn(this.#milliseconds);
  }

  end(waiter: Waiter): void {
    this.#waiting.delete(waiter);
  }

  #lookIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), milliseconds).unref();
  }

  #look(): void {
    this.#timer = undefined;
    for (const waiter of this.#waiting) {
      const left = waiter.since + this.#milliseconds - performance.now();
      if (left > 0) {
        this.#timer = this.#lookIn(Math.ceil(left));
        return;
      }
      this.#waiting.delete(waiter);
      this.#over(waiter);
    }
  }
}

/** Spread, so that those who were turned away together do not come again together. */
const pauseSeconds = (): number => 1 + Math.floor(Math.random() * LONGEST_PAUSE_SECONDS);
