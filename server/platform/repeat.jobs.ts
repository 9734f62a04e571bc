import type { Ground } from './ground.ts';
import type { JobKind } from './jobs.ts';

const KEPT_MILLISECONDS = 24 * 3_600_000;

/** Forgets the answers that were kept for repeated requests, a day after they were given. */
export function repeatJobs({ db, clock }: Ground): JobKind[] {
  const handle = async () => {
    const before = new Date(clock.now().getTime() - KEPT_MILLISECONDS);
    await db.deleteFrom('idempotencyKey').where('at', '<', before).execute();
  };
  return [{ name: 'repeat-end', cron: '43 * * * *', handle }];
}
