import { AppError } from '../../platform/app-error.ts';

/** Hands an item over to be worked on with others; answers or fails with its own result. */
export type Batch<Item, Result> = (item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export interface BatchLimits {
  /** How many items go together at most. */
  readonly size: number;
  /** How many batches are under way at a time. */
  readonly lanes: number;
  /** How many items wait at most; one more is `overloaded`. */
  readonly waiting: number;
}

/**
 * Works on items in batches: what comes while every lane is busy goes together in the next batch.
 *
 * Nothing waits for a batch to fill, so a lone item is as fast as without.
 *
 * @param work Answers as many results as it gets items, in their order.
 */
export function createBatch<Item, Result>(
  work: (items: Item[]) => Promise<Result[]>,
  { size, lanes, waiting: mostWaiting }: BatchLimits,
): Batch<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let busy = 0;
  const next = (): void => {
    if (waiting.length === 0 || busy >= lanes) return;
    const taken = waiting.slice(0, size);
    waiting = waiting.slice(size);
    busy += 1;
    void run(work, taken).finally(() => {
      busy -= 1;
      next();
    });
    next();
  };
  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= mostWaiting) throw new AppError('overloaded', { retryAfterSeconds: 2 });
      waiting.push({ item, resolve, reject });
      // What comes in the same turn of the event loop goes together.
      if (waiting.length === 1 && busy < lanes) setImmediate(next);
    });
}

async function run<Item, Result>(
  work: (items: Item[]) => Promise<Result[]>,
  taken: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const results = await work(taken.map(({ item }) => item));
    for (const [index, { resolve, reject }] of taken.entries()) {
      const result = results[index];
      if (result === undefined) reject(new Error('a batch answered fewer results than it had items'));
      else resolve(result);
    }
  } catch (error) {
    for (const { reject } of taken) reject(error);
  }
}
