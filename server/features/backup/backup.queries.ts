import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { hasTable, withConnection } from '../../db/connection.ts';

/**
 * Tables that a backup leaves out: what is over within minutes, sign-ins of browsers (the library keeps their tokens in
 * clear, and one that was ended since would be back), and the notes of the migrations, which a restore makes anew.
 */
const LEFT_OUT = ['session', 'verification', 'device_request', 'kysely_migration', 'kysely_migration_lock'];

/** In the order in which a walk over the record reads; other tables come in any. The first ones are small. */
const ORDERS: Readonly<Record<string, string>> = {
  signing_key: 'kid collate "C"',
  stream: 'id collate "C"',
  sealed_head: 'stream_id, seal',
  event: 'stream_id collate "C", number',
};
const FIRST = ['signing_key', 'stream', 'sealed_head'];

export type SnapshotClient = pg.Client;

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A connection that sees one moment for as long as the work takes, and blocks nobody. */
export async function withSnapshot<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const config = { connectionString, application_name: 'namesake backup', keepAlive: true };
  return withConnection(config, async (client) => {
    await client.query(`
      set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set synchronize_seqscans = off;
      set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
      set extra_float_digits = 1; set client_encoding = 'UTF8'`);
    await client.query('begin isolation level repeatable read read only');
    return work(client);
  });
}

export interface BackupSource {
  readonly at: string;
  readonly postgres: string;
  readonly migrations: string[];
}

/** Where the snapshot comes from; undefined where no schema of ours is there. */
export async function findSource(client: pg.Client): Promise<BackupSource | undefined> {
  if (!(await hasTable(client, 'kysely_migration'))) return undefined;
  const { rows } = await client.query<BackupSource>(`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
           current_setting('server_version') as postgres,
           (select json_agg(name order by name) from kysely_migration) as migrations`);
  return rows[0]?.migrations ? rows[0] : undefined;
}

export interface KeyBox {
  readonly kid: string;
  readonly privateBox: Buffer;
}

/** The private keys that sign or will, each closed under the server's key; none before the first start. */
export async function listKeyBoxes(client: pg.Client): Promise<KeyBox[]> {
  if (!(await hasTable(client, 'signing_key'))) return [];
  const { rows } = await client.query<KeyBox>(
    `select kid, private_box as "privateBox" from signing_key where private_box is not null`,
  );
  return rows;
}

/**
 * Every table with the columns that are written by somebody.
 *
 * Numbers of transactions stay behind: they mean nothing in another database, where rows get that of the restore.
 */
export async function listTables(client: pg.Client): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select c.relname as name, json_agg(a.attname order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)
        and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
      group by c.relname order by c.relname`,
    [LEFT_OUT],
  );
  return rows.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function placeOf({ name }: BackupTable): number {
  if (name === 'event') return FIRST.length + 1;
  return FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
}

/** The rows of a table as text; how many they were is known when all have been read. */
export function copyTable(client: pg.Client, { name, columns }: BackupTable): Readable & { readonly rowCount: number } {
  const list = columns.map(quoted).join(', ');
  const order = ORDERS[name] ? ` order by ${ORDERS[name]}` : '';
  return client.query(copyTo(`copy (select ${list} from ${quoted(name)}${order}) to stdout`));
}

/** Where the sequences stand now, which is never before where the snapshot's rows have taken them. */
export async function listSequences(client: pg.Client): Promise<{ name: string; value: number | null }[]> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `select sequencename as name, last_value as value from pg_sequences where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name, value }) => ({ name, value: value === null ? null : Number(value) }));
}

export const quoted = (name: string): string => pg.escapeIdentifier(name);
