import { setTimeout as delay } from 'node:timers/promises';

/** PostgreSQL starts, recovers or stops, and says so: SQLSTATE `cannot_connect_now`. */
const CANNOT_CONNECT_NOW = '57P03';
const PATIENCE_MILLISECONDS = 60_000;
const PAUSE_MILLISECONDS = 250;

export interface Waiting {
  /** Whether an error is of those that pass. */
  readonly passes: (error: unknown) => boolean;
  /** For how long it is tried, and what lies between two tries, in milliseconds. */
  readonly patience?: number;
  readonly pause?: number;
}

/**
 * Does what needs a database that may have just been started, or be lost meanwhile: until it works, for a minute unless told
 * otherwise. What is done begins anew each time.
 *
 * @throws whatever does not pass, at once: a wrong address is told, and not waited for.
 */
export async function whenStarted<T>(
  work: () => Promise<T>,
  { passes, patience = PATIENCE_MILLISECONDS, pause = PAUSE_MILLISECONDS }: Waiting,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error) || performance.now() > deadline) throw error;
      await delay(pause);
    }
  }
}

/** Whether the database is about to be there: it recovers, say, after its machine was lost. */
export const isStarting = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === CANNOT_CONNECT_NOW;
