import type pg from 'pg';
import type { AccountId, ApplicationId, ProductId, TeamId } from '../domain/id.ts';

export const HOLDERS_PER_TEAM = 400;
export const BENCH_PRODUCT = 'prod_00000000000000000000000001' as ProductId; // an id by its form
export const BENCH_APPLICATION = 'app_00000000000000000000000001' as ApplicationId;

/** Any 25 hexadecimal digits are base32 digits as well: ids that look as random as real ones do. */
const idOf = (prefix: string, seed: string): string => `'${prefix}_0' || left(md5('${prefix}' || ${seed}), 25)`;

/**
 * So many people, each with a licence of one product, in teams of {@link HOLDERS_PER_TEAM}: written in bulk.
 *
 * @returns Some of them, for checks.
 */
export async function makeHolders(pool: pg.Pool, holders: number): Promise<{ accountId: AccountId; teamId: TeamId }[]> {
  const client = await pool.connect();
  const teams = Math.ceil(holders / HOLDERS_PER_TEAM);
  const owner = `(n - 1) * ${HOLDERS_PER_TEAM} + 1`;
  const team = `((n - 1) / ${HOLDERS_PER_TEAM} + 1)`;
  try {
    for (const statement of [
      "set statement_timeout = 0; set session_replication_role = 'replica'",
      `insert into product (id, key, name, kind, term_months, grace_days, suspended_days, lease_hours,
         included_storage_bytes, unit_bytes, review, proposal)
       values ('${BENCH_PRODUCT}', 'share', 'Share', 'namedLicence', '{12}', 30, 90, 24, 0, 0, 'none', 'none')
       on conflict do nothing`,
      `insert into application (id, key, name) values ('${BENCH_APPLICATION}', 'bench', 'Bench') on conflict do nothing`,
      `insert into application_product values ('${BENCH_APPLICATION}', '${BENCH_PRODUCT}') on conflict do nothing`,
      `insert into stream (id) select ${idOf('team', 'n')} from generate_series(1, ${teams}) n`,
      `insert into account (id, name, email, email_verified)
       select ${idOf('acc', 'n')}, 'Person', 'person' || n || '@office' || ${team} || '.example', true
         from generate_series(1, ${holders}) n`,
      `insert into team (id, name, name_key, slug, owner_member_id, claimed_at, created_at)
       select ${idOf('team', 'n')}, 'Office ' || n, 'office ' || n, 'office-' || n, ${idOf('mem', `(${owner})`)}, now(), now()
         from generate_series(1, ${teams}) n`,
      `insert into member (id, team_id, account_id, email, name, role, state, invited_at, accepted_at)
       select ${idOf('mem', 'n')}, ${idOf('team', team)}, ${idOf('acc', 'n')},
              'person' || n || '@office' || ${team} || '.example', 'Person',
              case when (n - 1) % ${HOLDERS_PER_TEAM} = 0 then 'owner' else 'member' end, 'accepted', now(), now()
         from generate_series(1, ${holders}) n`,
      `insert into subscription (id, team_id, product_id, quantity, starts_on, ends_on, grace_days, suspended_days, state, created_at)
       select ${idOf('sub', 'n')}, ${idOf('team', 'n')}, '${BENCH_PRODUCT}', ${HOLDERS_PER_TEAM}, current_date,
              current_date + 365, 30, 90, 'active', now()
         from generate_series(1, ${teams}) n`,
      `insert into licence (id, team_id, product_id, subscription_id, number, state, member_id, since)
       select ${idOf('lic', 'n')}, ${idOf('team', team)}, '${BENCH_PRODUCT}', ${idOf('sub', team)},
              (n - 1) % ${HOLDERS_PER_TEAM} + 1, 'held', ${idOf('mem', 'n')}, now()
         from generate_series(1, ${holders}) n`,
      'reset session_replication_role; reset statement_timeout',
      'vacuum analyze account, member, licence, team, subscription, stream',
    ]) {
      for (const part of statement.split(';')) await client.query(part);
    }
    const { rows } = await client
      .query<{ accountId: AccountId; teamId: TeamId }>(
        `select account_id as "accountId", team_id as "teamId" from member tablesample system_rows(1000)`,
      )
      .catch(() =>
        client.query<{ accountId: AccountId; teamId: TeamId }>(
          `select account_id as "accountId", team_id as "teamId" from member order by md5(id) limit 1000`,
        ),
      );
    return rows;
  } finally {
    client.release();
  }
}
