import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { forgetEndedLeases } from './lease-list.service.ts';

export function leaseJobs(ground: Ground): JobKind[] {
  return [{ name: 'lease-end', cron: '37 3 * * *', handle: () => forgetEndedLeases(ground) }];
}
