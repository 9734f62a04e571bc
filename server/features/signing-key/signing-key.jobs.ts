import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { rotateWhenOld } from './signing-key.service.ts';

export function signingKeyJobs(ground: Ground): JobKind[] {
  return [{ name: 'signing-key-rotation', cron: '11 4 * * *', handle: () => rotateWhenOld(ground) }];
}
