import { AppError } from '../app-error.ts';
import type { Clock } from '../clock.ts';
import { networkOf } from './client-address.ts';

export interface RateLimit {
  /** Counts one try of a key. @throws AppError `tooManyRequests` with the seconds to wait. */
  take(key: string): void;
}

/**
 * Allows so many tries a window for each key, in this process's memory.
 *
 * At most 50,000 keys are remembered; then the oldest windows are forgotten first.
 */
export function createRateLimit(clock: Clock, { tries, seconds }: { tries: number; seconds: number }): RateLimit {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return {
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
  };
}

/** {@link createRateLimit} for the addresses of clients; each counts for its network. */
export function createAddressLimit(clock: Clock, bounds: { tries: number; seconds: number }): RateLimit {
  const networks = createRateLimit(clock, bounds);
  return { take: (address) => networks.take(networkOf(address)) };
}

function forgetOldest(windows: Map<string, unknown>): void {
  if (windows.size <= 50_000) return;
  const oldest = windows.keys().next().value;
  if (oldest !== undefined) windows.delete(oldest);
}
