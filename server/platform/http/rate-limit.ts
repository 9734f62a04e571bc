import { AppError } from '../app-error.ts';
import type { Clock } from '../clock.ts';
import { networkOf } from './client-address.ts';

export interface RateLimit {
  /** Counts one try of a key. @throws AppError `tooManyRequests` with the seconds to wait. */
  take(key: string): void;
  /**
   * Counts a try of a key unless what was tried is done: of many people who come from one network, those who know their
   * passwords keep nobody waiting.
   *
   * @throws AppError `tooManyRequests` with the seconds to wait, and whatever the work throws.
   */
  takeUnlessDone<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Allows so many tries a window for each key, in this process's memory.
 *
 * At most 50,000 keys are remembered; then the oldest windows are forgotten first.
 */
export function createRateLimit(clock: Clock, { tries, seconds }: { tries: number; seconds: number }): RateLimit {
  const windows = new Map<string, { count: number; endsAt: number }>();
  const limit: RateLimit = {
    take(key) {
      const now = clock.now().getTime();
      const window = windows.get(key);
      if (!window || window.endsAt <= now) {
        windows.delete(key);
        windows.set(key, { count: 1, endsAt: now + seconds * 1000 });
        forgetOldest(windows);
        return;
      }
      window.count += 1;
      if (window.count > tries) {
        throw new AppError('tooManyRequests', { retryAfterSeconds: Math.ceil((window.endsAt - now) / 1000) });
      }
    },
    async takeUnlessDone(key, work) {
      limit.take(key);
      const window = windows.get(key);
      const done = await work();
      if (window) window.count -= 1;
      return done;
    },
  };
  return limit;
}

/** {@link createRateLimit} for the addresses of clients; each counts for its network. */
export function createAddressLimit(clock: Clock, bounds: { tries: number; seconds: number }): RateLimit {
  const networks = createRateLimit(clock, bounds);
  return {
    take: (address) => networks.take(networkOf(address)),
    takeUnlessDone: (address, work) => networks.takeUnlessDone(networkOf(address), work),
  };
}

function forgetOldest(windows: Map<string, unknown>): void {
  if (windows.size <= 50_000) return;
  const oldest = windows.keys().next().value;
  if (oldest !== undefined) windows.delete(oldest);
}
