import type { AccountId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { createRateLimit } from '../../platform/http/rate-limit.ts';

/** Lets streams in. */
export interface StreamAdmission {
  /**
   * Counts a new stream of an account in; what it answers counts it out.
   *
   * @throws AppError `tooManyRequests` where the account has too many open, or opens them in a loop; `overloaded` where
   *   the process has all that it can keep.
   */
  admit(accountId: AccountId): () => void;
}

const OPEN_AT_ONCE = 50;
const OPENED_A_MINUTE = 120;
const OPEN_IN_ALL = 20_000;

/** A client that comes again at once, over and over, is told when to come; others are not slowed by it. */
export function createStreamAdmission(clock: Clock): StreamAdmission {
  const open = new Map<AccountId, number>();
  let openInAll = 0;
  const openings = createRateLimit(clock, { tries: OPENED_A_MINUTE, seconds: 60 });
  return {
    admit(accountId) {
      openings.take(accountId);
      if (openInAll >= OPEN_IN_ALL) throw new AppError('overloaded', { retryAfterSeconds: 30 });
      const count = open.get(accountId) ?? 0;
      if (count >= OPEN_AT_ONCE) throw new AppError('tooManyRequests', { retryAfterSeconds: 30 });
      open.set(accountId, count + 1);
      openInAll += 1;
      return () => {
        openInAll -= 1;
        const left = (open.get(accountId) ?? 1) - 1;
        if (left > 0) open.set(accountId, left);
        else open.delete(accountId);
      };
    },
  };
}
