import type { Writable } from 'node:stream';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withConnection } from '../../db/connection.ts';
import type { Pool } from '../../db/database.ts';
import { migrateTo, onOneConnection, WHOLE_SCHEMA } from '../../db/migrate.ts';
import type { BackupTable } from './backup.queries.ts';
import { quoted } from './backup.queries.ts';

/** The one transaction of a restore. Until it commits the database is as empty as before, whatever happens. */
export interface Filling {
  /** How the database keeps text: `UTF8`, or what cannot hold every name. */
  encoding(): Promise<string>;
  /** Whether anything at all stands in the database, once no other restore and no server that starts is at it. */
  isEmpty(): Promise<boolean>;
  /** Makes the tables as they were after a migration, without what is cheaper to make once they are full. */
  prepare(migration: string): Promise<void>;
  /** Where the rows of a table go; how many they were is known when it has ended. */
  fill(table: BackupTable): Writable & { readonly rowCount: number };
  setSequence(name: string, value: number): Promise<void>;
  /** Makes indexes and foreign keys, which look at every row. */
  finish(): Promise<void>;
}

/** Runs a restore in one transaction of one connection. */
export async function withFilling(connectionString: string, work: (filling: Filling) => Promise<void>): Promise<void> {
  const config = { connectionString, application_name: 'namesake restore', keepAlive: true };
  await withConnection(config, async (client) => {
    await client.query(`
      set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set maintenance_work_mem = '256MB';
      set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set client_encoding = 'UTF8'`);
    await fill(client, work);
  });
}

async function fill(client: pg.Client, work: (filling: Filling) => Promise<void>): Promise<void> {
  let failure: unknown;
  const filled = onOneConnection(client)
    .transaction()
    .execute(async (transaction) => {
      try {
        await work(createFilling(client, transaction));
      } catch (error) {
        failure = error;
        throw error;
      }
    });
  // A database that is gone cannot take anything back either: what went wrong first is what counts.
  await filled.catch((error: unknown) => Promise.reject(failure ?? error));
}

function createFilling(client: pg.Client, transaction: Kysely<unknown>): Filling {
  let later: readonly string[] = [];
  return {
    async encoding() {
      const { rows } = await client.query<{ server_encoding: string }>('show server_encoding');
      return rows[0]?.server_encoding ?? '';
    },
    async isEmpty() {
      // What another restore or a server that starts has made is not seen until it is done: both would take the database for empty.
      await client.query(`select pg_advisory_xact_lock(${WHOLE_SCHEMA})`);
      const { rows } = await client.query<{ is: boolean }>(IS_EMPTY);
      return rows[0]?.is ?? false;
    },
    async prepare(migration) {
      await migrateTo(transaction, migration);
      const { rows } = await client.query<{ take: string; make: string }>(TAKEN_AWAY);
      for (const { take } of rows) await client.query(take);
      later = rows.map(({ make }) => make).toReversed();
      // The migrations' own rows are in the backup as well.
      await client.query('delete from stream');
    },
    fill({ name, columns }) {
      const list = columns.map(quoted).join(', ');
      return client.query(copyFrom(`copy ${quoted(name)} (${list}) from stdin`));
    },
    async setSequence(name, value) {
      await client.query('select setval($1::regclass, $2)', [name, value]);
    },
    async finish() {
      for (const make of later) await client.query(make);
    },
  };
}

/** Statistics: without them the first plans would be made for empty tables. */
export async function analyse(pool: Pool): Promise<void> {
  await pool.query('set statement_timeout = 0; analyze');
}

const IS_EMPTY = `
  select not exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as is`;

/** Foreign keys, and indexes that belong to no constraint: how to take each away, and how to make it again. */
const TAKEN_AWAY = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as take,
         format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f'
  union all
  select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    from pg_index i join pg_class c on c.oid = i.indexrelid
   where c.relnamespace = 'public'::regnamespace and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`;
