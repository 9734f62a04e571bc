import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { AccountId, ApplicationId, MemberId, ProductId, TeamId } from '../domain/id.ts';
import type { Ground } from '../server/platform/ground.ts';

/** Somebody signed in to an application on a device. */
export interface SignedInDevice {
  readonly token: string;
  readonly teamId: TeamId;
  readonly accountId: AccountId;
  readonly memberId: MemberId;
}

export async function makeBenchApplication({ db, newId }: Ground, productId: ProductId): Promise<ApplicationId> {
  const applicationId = newId('app');
  await db.insertInto('application').values({ id: applicationId, key: 'bench', name: 'Bench' }).execute();
  await db.insertInto('applicationProduct').values({ applicationId, productId }).execute();
  return applicationId;
}

/** Signs every member of every team in on a device, the owner of each first. */
export async function signInEverybody(
  { newId }: Ground,
  pool: pg.Pool,
  applicationId: ApplicationId,
): Promise<SignedInDevice[]> {
  const { rows } = await pool.query<Omit<SignedInDevice, 'token'>>(
    `select account_id as "accountId", team_id as "teamId", id as "memberId" from member order by team_id, role = 'owner' desc, id`,
  );
  const devices = rows.map((row) => ({ ...row, token: randomBytes(32).toString('base64url') }));
  await pool.query(
    `insert into device_token (id, hash, account_id, application_id, created_at, expires_at)
     select t.id, t.hash, t.account_id, $4, now(), now() + interval '90 days'
       from unnest($1::text[], $2::bytea[], $3::text[]) as t (id, hash, account_id)`,
    [
      devices.map(() => newId('tok')),
      devices.map(({ token }) => createHash('sha256').update(token).digest()),
      devices.map(({ accountId }) => accountId),
      applicationId,
    ],
  );
  return devices;
}
