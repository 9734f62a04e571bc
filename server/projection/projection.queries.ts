import type { Readable } from 'node:stream';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { CatalogueRows } from './catalogue-view.ts';
import type { CopiedRow } from './copy-rows.ts';
import { CopyReader } from './copy-rows.ts';
import type { Expected } from './projection.ts';

/** What a copy of each table selects, in the order in which the loader reads the fields. */
export const copies = {
  teams: `select t.id, t.name, s.head from team t join stream s on s.id = t.id`,
  subscriptions: `
    select id, team_id, product_id, ends_on - date '1970-01-01', grace_days, suspended_days from subscription`,
  accounts: `select id, email, email_verified from account`,
  members: `
    select m.account_id, m.team_id, l.subscription_id
      from member m left join taken_licence l on l.member_id = m.id where m.state = 'accepted'`,
  invited: standingByAddress('invited'),
  removed: standingByAddress('removed'),
};

/** Who is known to a team by an address alone; an account that accepted has its own row. */
function standingByAddress(state: string): string {
  return `
    select a.id, m.team_id, l.subscription_id
      from member m join account a on a.email = m.email left join taken_licence l on l.member_id = m.id
     where m.state = '${state}'`;
}

/** A network that swallows everything is noticed after this: the joined copy of very many needs a while to begin. */
const SILENT_MILLISECONDS = 60_000;

/** Starts a copy; the database works ahead until the connection is full. */
export const startCopy = (client: pg.PoolClient, select: string): Readable =>
  client.query(copyTo(`copy (${select}) to stdout (format binary)`));

/** Hands every row of a copy on. */
export async function readCopy(copy: Readable, onRow: (row: CopiedRow) => void): Promise<void> {
  const reader = new CopyReader(onRow);
  let heardAt = performance.now();
  const watch = setInterval(() => {
    if (performance.now() - heardAt > SILENT_MILLISECONDS) copy.destroy(new Error('the copy fell silent'));
  }, SILENT_MILLISECONDS / 4);
  try {
    for await (const chunk of copy) {
      reader.push(chunk);
      heardAt = performance.now();
    }
  } finally {
    clearInterval(watch);
  }
  reader.end();
}

/** Takes limits away that are meant for requests, so that millions of rows are joined in memory. */
export async function prepareToLoad(client: pg.PoolClient): Promise<void> {
  await client.query(`
    set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set work_mem = '512MB';
    set max_parallel_workers_per_gather = 0`);
}

/** A moment of the database: as PostgreSQL writes its snapshot, and the name by which another connection joins it. */
export interface Moment {
  readonly snapshot: string;
  /** The highest transaction of which a row is seen; null where there is none. */
  readonly highest: string | null;
  readonly name: string;
}

const BEGIN = 'begin isolation level repeatable read read only';

/** Begins a transaction that sees one moment. */
export async function beginMoment(client: pg.PoolClient): Promise<Moment> {
  await client.query(BEGIN);
  const { rows } = await client.query<Moment>(
    `select pg_current_snapshot()::text as snapshot, pg_export_snapshot() as name,
            greatest((select max(transaction_id) from event where transaction_id < pg_snapshot_xmax(pg_current_snapshot())),
                     (select max(transaction_id) from account
                       where transaction_id < pg_snapshot_xmax(pg_current_snapshot())))::text as highest`,
  );
  const [moment] = rows;
  if (!moment) throw new Error('the database told no moment');
  return moment;
}

/** Begins a transaction that sees a moment which another connection still holds. */
export async function joinMoment(client: pg.PoolClient, { name }: Moment): Promise<void> {
  await client.query(BEGIN);
  await client.query(`set transaction snapshot '${name}'`);
}

/** About how many rows there are, as the last analyse found. */
export async function estimateRows(client: pg.PoolClient): Promise<Expected> {
  const { rows } = await client.query<{ name: string; rows: number }>(`
    select relname as name, greatest(reltuples, 0)::float8 as rows
      from pg_class where oid in ('account'::regclass, 'member'::regclass, 'team'::regclass, 'subscription'::regclass)`);
  const of = (name: string) => Math.ceil((rows.find((row) => row.name === name)?.rows ?? 0) * 1.02);
  return { accounts: of('account'), memberships: of('member'), teams: of('team'), subscriptions: of('subscription') };
}

/** Products, applications and the hashes of valid service keys. */
export async function readCatalogue(client: pg.Pool | pg.PoolClient): Promise<CatalogueRows> {
  const { rows } = await client.query<CatalogueRows>(`
    select (select coalesce(json_agg(json_build_object('id', id, 'key', key, 'name', name) order by id), '[]')
              from product) as products,
           (select coalesce(json_agg(json_build_object('id', a.id, 'productIds',
                     (select coalesce(json_agg(p.id order by p.key), '[]')
                        from application_product ap join product p on p.id = ap.product_id
                       where ap.application_id = a.id))), '[]')
              from application a where not a.retired) as applications,
           (select coalesce(json_agg(json_build_object('hash', encode(hash, 'base64'), 'applicationId', application_id)),
                            '[]') from application_key where revoked_at is null) as "serviceKeys"`);
  const [catalogue] = rows;
  if (!catalogue) throw new Error('the catalogue could not be read');
  return catalogue;
}

/** When the server process of the database started: another one may have forgotten what was seen before. */
export async function findDatabaseStart(client: pg.Pool | pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ started: string }>('select pg_postmaster_start_time()::text as started');
  return rows[0]?.started ?? '';
}

/** An event that became visible; data stays in the database. */
export interface ChangedEvent {
  readonly streamId: string;
  readonly number: number;
  readonly kind: string;
  /** The token that a sign-out ended. */
  readonly tokenId: string | null;
}

/** Everything that became visible since a snapshot, as it is now. */
export interface Changes {
  readonly snapshot: string;
  /** The highest transaction among them; null where nothing changed. */
  readonly highest: string | null;
  readonly databaseStart: string;
  readonly events: readonly ChangedEvent[];
  readonly teams: readonly ChangedTeam[];
  readonly accounts: readonly { readonly id: string; readonly email: string; readonly confirmed: boolean }[];
  readonly standings: readonly ChangedStanding[];
}

export interface ChangedTeam {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly subscriptions: readonly {
    readonly id: string;
    readonly productId: string;
    readonly endsOn: number;
    readonly graceDays: number;
    readonly suspendedDays: number;
  }[];
}

/** What an account is to a team now; state null where it is nothing any more. */
export interface ChangedStanding {
  readonly accountId: string;
  readonly teamId: string;
  readonly state: 'accepted' | 'invited' | 'removed' | null;
  readonly subscriptionIds: readonly string[];
}

/** Rows that a snapshot did not see: of transactions that had not begun then, and of those that were under way. */
const newlyVisible = (table: string, columns: string) => `
  select ${columns} from ${table}
   where transaction_id >= (select pg_snapshot_xmax(before) from seen)
     and transaction_id < pg_snapshot_xmax(pg_current_snapshot())
  union all
  select ${columns} from ${table}
   where transaction_id = any (array(select pg_snapshot_xip(before) from seen))`;

/**
 * What became visible since a snapshot, and how it stands now: one statement, so of one moment.
 *
 * A transaction counts when it is visible now and was not then, whatever its number: one that took its number early and
 * committed late is found, and so is one that nobody told of. Rows of a transaction with a number that is yet to come
 * (a database that was restored from a copy has such rows) are passed over.
 */
const CHANGES = {
  name: 'changes_since',
  text: `
    with seen as materialized (select $1::text::pg_snapshot as before),
    new_event as materialized (${newlyVisible('event', 'stream_id, number, kind, data, transaction_id')}),
    new_account as materialized (${newlyVisible('account', 'id, email, email_verified, transaction_id')}),
    named as (
      select distinct found[1] as id
        from new_event e, regexp_matches(e.data::text, '"(mem_[0-9a-z]{26})"', 'g') found
       where e.stream_id like 'team\\_%'),
    pair as (
      select e.stream_id as team_id, found[1] as account_id
        from new_event e, regexp_matches(e.data::text, '"(acc_[0-9a-z]{26})"', 'g') found
       where e.stream_id like 'team\\_%'
      union
      select m.team_id, m.account_id from named n join member m on m.id = n.id where m.account_id is not null
      union
      select m.team_id, a.id from named n join member m on m.id = n.id join account a on a.email = m.email
      union
      select m.team_id, a.id from new_account a join member m on m.account_id = a.id and m.state = 'accepted'
      union
      select m.team_id, a.id from new_account a join member m on m.email = a.email and m.state <> 'accepted'),
    standing as (
      select p.team_id, p.account_id, m.id as member_id, m.state
        from pair p
        join account a on a.id = p.account_id
        left join lateral (
          select id, state from (
            select id, state, 1 as rank from member
             where team_id = p.team_id and account_id = p.account_id and state = 'accepted'
            union all
            select id, state, case state when 'invited' then 2 else 3 end from member
             where team_id = p.team_id and email = a.email and state <> 'accepted') known
           order by rank, id desc limit 1) m on true)
    select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as "databaseStart",
      (select max(transaction_id)::text from (
         select transaction_id from new_event union all select transaction_id from new_account) seen_now) as highest,
      (select coalesce(json_agg(json_build_object('streamId', stream_id, 'number', number, 'kind', kind,
                'tokenId', data ->> 'tokenId') order by stream_id, number), '[]') from new_event) as events,
      (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'revision', s.head, 'subscriptions',
                (select coalesce(json_agg(json_build_object('id', b.id, 'productId', b.product_id,
                          'endsOn', b.ends_on - date '1970-01-01', 'graceDays', b.grace_days,
                          'suspendedDays', b.suspended_days)), '[]')
                   from subscription b where b.team_id = t.id))), '[]')
         from team t join stream s on s.id = t.id where t.id in (select stream_id from new_event)) as teams,
      (select coalesce(json_agg(json_build_object('id', id, 'email', email, 'confirmed', email_verified)), '[]')
         from new_account) as accounts,
      (select coalesce(json_agg(json_build_object('accountId', account_id, 'teamId', team_id, 'state', state,
                'subscriptionIds', (select coalesce(json_agg(l.subscription_id), '[]')
                                      from taken_licence l where l.member_id = standing.member_id))), '[]')
         from standing) as standings`,
};

/** What takes longer is given up, and everything is loaded instead. */
const MOST_MILLISECONDS = 4000;

/**
 * Makes a connection find by index alone, however few rows there were when it planned: all that {@link listChanges} reads
 * is named by its key.
 */
export async function preferIndexes(client: pg.Client): Promise<void> {
  await client.query(`
    set statement_timeout = ${MOST_MILLISECONDS}; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;
    set plan_cache_mode = force_generic_plan`);
}

/** What became visible since a snapshot that {@link beginMoment} or an earlier call answered. */
export async function listChanges(client: pg.Client, snapshot: string): Promise<Changes> {
  const { rows } = await client.query<Changes>({ ...CHANGES, values: [snapshot] });
  const [changes] = rows;
  if (!changes) throw new Error('the changes could not be read');
  return changes;
}

/** Notifies whoever listens, in a transaction of its own. */
export async function notify(pool: pg.Pool, channel: string, payloads: readonly string[]): Promise<void> {
  const text = 'select pg_notify($1, payload) from unnest($2::text[]) payload';
  const query = { text, values: [channel, payloads], query_timeout: MOST_MILLISECONDS };
  await pool.query(query);
}
