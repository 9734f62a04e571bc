import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { AccountId, ApplicationId, ProductId, TeamId } from '../domain/id.ts';
import { idWords, readId } from '../server/projection/id-words.ts';
import { ACCEPTED } from '../server/projection/membership-table.ts';
import type { Projection } from '../server/projection/projection.ts';
import { dayOf } from '../server/projection/projection.ts';

export const HOLDERS_PER_TEAM = 400;
export const BENCH_PRODUCT = 'prod_00000000000000000000000001' as ProductId; // an id by its form
export const BENCH_APPLICATION = 'app_00000000000000000000000001' as ApplicationId;

/** Any 25 hexadecimal digits are base32 digits as well: ids that look as random as real ones do. */
const idOf = (prefix: string, seed: string): string => `'${prefix}_0' || left(md5('${prefix}' || ${seed}), 25)`;

/** Whom to ask about. */
export interface Asked {
  readonly accountId: AccountId;
  readonly teamId: TeamId;
}

const ASKED = 1000;
const TERM_DAYS = 365;

/** The same ids as {@link makeHolders} writes. */
const textOf = (prefix: string, serial: number): string =>
  `${prefix}_0${createHash('md5').update(`${prefix}${serial}`).digest('hex').slice(0, 25)}`;

/** So many holders straight into a projection, through the functions that a load and a change use. */
export function fillProjection(projection: Projection, holders: number): Asked[] {
  const asked: Asked[] = [];
  const step = Math.max(1, Math.floor(holders / ASKED));
  let team = { id: '', row: 0, subscription: 0 };
  for (let serial = 1; serial <= holders; serial += 1) {
    if ((serial - 1) % HOLDERS_PER_TEAM === 0) team = addTeam(projection, (serial - 1) / HOLDERS_PER_TEAM + 1);
    const accountId = textOf('acc', serial);
    addHolder(projection, { accountId, address: `person${serial}@office${team.row + 1}.example`, team });
    if (serial % step === 0 && asked.length < ASKED) {
      asked.push({ accountId: accountId as AccountId, teamId: team.id as TeamId }); // ids by their form
    }
  }
  // Neighbours in the question are strangers in memory.
  return asked.toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1));
}

function addTeam({ teams, subscriptions, catalogue, today }: Projection, number: number) {
  const id = textOf('team', number);
  readId(id, 'team_'.length);
  const row = teams.put(idWords, `Office ${number}`, 1);
  const terms = { product: catalogue.rowOf(BENCH_PRODUCT), endsOn: dayOf(today) + TERM_DAYS };
  readId(textOf('sub', number), 'sub_'.length);
  return {
    id,
    row,
    subscription: subscriptions.put(idWords, teams, row, { ...terms, graceDays: 30, suspendedDays: 90 }),
  };
}

interface Holder {
  readonly accountId: string;
  readonly address: string;
  readonly team: { readonly row: number; readonly subscription: number };
}

function addHolder({ accounts, memberships }: Projection, { accountId, address, team }: Holder): void {
  readId(accountId, 'acc_'.length);
  const account = accounts.put(idWords, true, Buffer.from(address));
  const membership = memberships.add(accounts, account, team.row);
  memberships.state[membership] = ACCEPTED;
  memberships.addLicence(membership, team.subscription);
}

/** So many people, each with a licence of one product, in teams of {@link HOLDERS_PER_TEAM}: written in bulk. */
export async function makeHolders(pool: pg.Pool, holders: number): Promise<void> {
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
  } finally {
    client.release();
  }
}
