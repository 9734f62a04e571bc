import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { forgetEndedRequests } from './device-flow.service.ts';

export function deviceJobs(ground: Ground): JobKind[] {
  return [{ name: 'device-request-end', cron: '23 3 * * *', handle: () => forgetEndedRequests(ground) }];
}
