import { setTimeout as delay } from 'node:timers/promises';

/** PostgreSQL starts, recovers or stops, and says so: SQLSTATE `cannot_connect_now`. */
const CANNOT_CONNECT_NOW = '57P03';
const PATIENCE_MILLISECONDS = 60_000;
const PAUSE_MILLISECONDS = 250;

/**
 * Asks a database that may have just been started, as after the loss of a machine: until it answers, for a minute at most.
 *
 * @throws whatever else goes wrong, at once: a wrong address is told, and not waited for.
 */
export async function whenStarted<T>(
  ask: () => Promise<T>,
  { patience = PATIENCE_MILLISECONDS, pause = PAUSE_MILLISECONDS } = {},
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isStarting(error) || performance.now() > deadline) throw error;
      await delay(pause);
    }
  }
}

const isStarting = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === CANNOT_CONNECT_NOW;
