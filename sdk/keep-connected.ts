import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { wait } from './clock.ts';
import type { NamesakeError } from './namesake-error.ts';
import { unreachable } from './server-link.ts';

/** What is to be kept connected. */
export interface KeepConnectedOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Connects and stays; rejects with the reason when the connection ends. */
  readonly connect: (signal: AbortSignal) => Promise<never>;
  /** Called after every end, before the wait. */
  readonly onLost: (cause: NamesakeError) => void;
}

/** A connection that lived this long was a good one: the next wait is short again. */
const steadyMs = 10_000;

/**
 * Connects again and again, with growing waits, until the signal ends it.
 *
 * A server that takes connections and drops them at once counts as failing, so that nobody reconnects in a tight loop.
 */
export async function keepConnected({ clock, signal, connect, onLost }: KeepConnectedOptions): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = clock.elapsed();
    const cause = await connect(signal).catch(unreachable);
    if (signal.aborted) return;
    failures = clock.elapsed() - startedAt >= steadyMs ? 1 : failures + 1;
    onLost(cause);
    const pauseMs = Math.max(backoffMs(failures, clock.random()), (cause.retryAfterSeconds ?? 0) * 1000);
    await wait(clock, pauseMs, signal).catch(() => {});
  }
}
