import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from '../../contract/client.ts';
import type { Chance } from '../chance.ts';

const SILENCE_MILLISECONDS = 15_000;
const PATIENCE_MILLISECONDS = 120_000;
const MOST_PAUSE_MILLISECONDS = 400;

/** What tells nobody whether it was done: no answer, or a server that says to come again. */
const ASK_AGAIN = new Set(['offline', 'databaseUnavailable', 'overloaded', 'tooManyRequests', 'idempotencyInProgress']);

/** How often calls had to be repeated, by the reason. */
export class Repeats {
  readonly #byReason = new Map<string, number>();

  count(reason: string): void {
    this.#byReason.set(reason, (this.#byReason.get(reason) ?? 0) + 1);
  }

  get all(): number {
    return [...this.#byReason.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    return [...this.#byReason].map(([reason, count]) => `${reason} ${count}`).join(', ');
  }
}

export interface Persistence {
  readonly chance: Chance;
  readonly repeats: Repeats;
}

/**
 * Repeats a call until it is answered, as every client of the API should: with the same key each time.
 *
 * @throws ApiError where the server refuses it: what is asked for here can always be done once.
 */
export async function persist<T>(
  { chance, repeats }: Persistence,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await call(AbortSignal.timeout(SILENCE_MILLISECONDS));
    } catch (error) {
      const reason = reasonToRepeat(error);
      if (reason === undefined || performance.now() > deadline) throw error;
      repeats.count(reason);
      await delay(chance.unit() * MOST_PAUSE_MILLISECONDS);
    }
  }
}

function reasonToRepeat(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return 'silence';
  // Without a problem it is the balancer that answered.
  if (error.problem === undefined) return error.cause ? 'offline' : 'balancer';
  return ASK_AGAIN.has(error.code) ? error.code : undefined;
}
