import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import type { Keyring } from '../signing-key/keyring.service.ts';
import { sealOncePerDay } from './seal.service.ts';

/** Looked at each hour, so that a server that is off at night seals as well. */
export function sealJobs(ground: Ground, keyring: Keyring): JobKind[] {
  return [{ name: 'record-seal', cron: '7 * * * *', handle: () => sealOncePerDay(ground, keyring) }];
}
