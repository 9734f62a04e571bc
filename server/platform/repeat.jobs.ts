import { sql } from 'kysely';
import type { Ground } from './ground.ts';
import type { JobKind } from './jobs.ts';

const KEPT_MILLISECONDS = 24 * 3_600_000;

/**
 * Forgets the answers that were kept for repeated requests, a day after they were given.
 *
 * By the database's clock as well: one process whose clock is wrong must not make everybody's repeated requests work twice.
 */
export function repeatJobs({ db, clock }: Ground): JobKind[] {
  const handle = async () => {
    const before = new Date(clock.now().getTime() - KEPT_MILLISECONDS);
    await db
      .deleteFrom('idempotencyKey')
      .where('at', '<', before)
      .where('at', '<', sql<Date>`now() - interval '24 hours'`)
      .execute();
  };
  return [{ name: 'repeat-end', cron: '43 * * * *', handle }];
}
