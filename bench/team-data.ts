import type pg from 'pg';
import type { AccountId, MemberId, ProductId, TeamId } from '../domain/id.ts';
import type { Ground } from '../server/platform/ground.ts';

export interface BenchTeam {
  readonly teamId: TeamId;
  readonly ownerId: AccountId;
  readonly memberIds: readonly MemberId[];
}

export async function makeBenchProduct({ db, newId }: Ground): Promise<ProductId> {
  const id = newId('prod');
  const policy = { termMonths: [12], graceDays: 30, suspendedDays: 90, leaseHours: 24 };
  const storage = { includedStorageBytes: 0, unitBytes: 0 };
  await db
    .insertInto('product')
    .values({
      id,
      key: 'share',
      name: 'Share',
      kind: 'namedLicence',
      ...policy,
      ...storage,
      review: 'none',
      proposal: 'none',
    })
    .execute();
  return id;
}

/** A team with as many accepted members as free licences, written in bulk: only what comes after is measured. */
export async function makeBenchTeam(
  { newId }: Ground,
  pool: pg.Pool,
  { productId, size }: { productId: ProductId; size: number },
): Promise<BenchTeam> {
  const teamId = newId('team');
  const ownerId = newId('acc');
  const memberIds = Array.from({ length: size }, () => newId('mem'));
  const accountIds = [ownerId, ...Array.from({ length: size - 1 }, () => newId('acc'))];
  const licenceIds = memberIds.map(() => newId('lic'));
  const client = await pool.connect();
  const all = `select unnest($1::text[]) as id, generate_subscripts($1::text[], 1) as n`;
  try {
    await client.query('begin');
    await client.query('insert into stream (id) values ($1)', [teamId]);
    await client.query(
      `insert into account (id, name, email, email_verified) select id, 'Person', id || '@bench.example', true from (${all}) a`,
      [accountIds],
    );
    await client.query(
      `insert into team (id, name, name_key, slug, owner_member_id, claimed_at, created_at)
       values ($1, 'Team', 'team', $1, $2, now(), now())`,
      [teamId, memberIds[0]],
    );
    await client.query(
      `insert into member (id, team_id, account_id, email, name, role, state, invited_at, accepted_at)
       select m.id, $2, a.id, a.id || '@bench.example', 'Person', case m.n when 1 then 'owner' else 'member' end,
              'accepted', now(), now()
         from (${all}) m
         join (select unnest($3::text[]) as id, generate_subscripts($3::text[], 1) as n) a using (n)`,
      [memberIds, teamId, accountIds],
    );
    const subscriptionId = newId('sub');
    await client.query(
      `insert into subscription (id, team_id, product_id, quantity, starts_on, ends_on, grace_days, suspended_days, state, created_at)
       values ($1, $2, $3, $4, current_date, current_date + 365, 30, 90, 'active', now())`,
      [subscriptionId, teamId, productId, size],
    );
    await client.query(
      `insert into licence (id, team_id, product_id, subscription_id, number)
       select id, $2, $3, $4, n from (${all}) l`,
      [licenceIds, teamId, productId, subscriptionId],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  return { teamId, ownerId, memberIds };
}

/** Takes every licence back in one sweep, so that the next round finds what the first one found. */
export async function freeAll(pool: pg.Pool): Promise<void> {
  await pool.query(`update licence set state = 'free', member_id = null, since = null where state <> 'free'`);
  await pool.query('truncate holding, idempotency_key');
  await pool.query('vacuum analyze licence, stream, holding');
}
