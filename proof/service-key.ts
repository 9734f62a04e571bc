import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { systemClock } from '../server/platform/clock.ts';
import { createIds } from '../server/platform/ids.ts';

/** Makes a service key of an application as `npm run key` does, with its event. */
export async function makeServiceKey(pool: pg.Pool, application: string): Promise<string> {
  const key = `nsk_${randomBytes(32).toString('base64url')}`;
  const values = [createIds(systemClock)('tok'), createHash('sha256').update(key).digest(), application];
  await pool.query(
    `with key as (
       insert into application_key (id, application_id, hash, created_at)
       select $1, id, $2, date_trunc('milliseconds', now()) from application where key = $3
       returning application_id)
     select append_event('vendor', date_trunc('milliseconds', now()), 'applicationKeyMade', 'system', 'system',
                         jsonb_build_object('applicationId', application_id)) from key`,
    values,
  );
  return key;
}
