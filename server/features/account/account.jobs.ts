import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { deleteEndedSessions } from './account.queries.ts';

/** Forgets each day the sessions that have ended. */
export function accountJobs({ db }: Ground): JobKind[] {
  return [{ name: 'session-end', cron: '33 3 * * *', handle: () => deleteEndedSessions(db) }];
}
