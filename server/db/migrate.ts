import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type pg from 'pg';
import { ConfigError } from '../platform/config-error.ts';
import { hasTable } from './connection.ts';
import * as record from './migrations/001-record.ts';
import * as account from './migrations/002-account.ts';
import * as catalogue from './migrations/003-catalogue.ts';
import * as team from './migrations/004-team.ts';
import * as sale from './migrations/005-sale.ts';
import * as licence from './migrations/006-licence.ts';
import * as notice from './migrations/007-notice.ts';
import * as change from './migrations/008-change.ts';
import * as lease from './migrations/009-lease.ts';
import * as receipt from './migrations/010-receipt.ts';
import * as seal from './migrations/011-seal.ts';
import * as freedAt from './migrations/012-freed-at.ts';
import * as credential from './migrations/013-credential.ts';
import * as licenceByMember from './migrations/014-licence-by-member.ts';
import * as failedOrder from './migrations/015-failed-order.ts';

/** In the order in which they run; a released one never changes. */
const migrations = {
  '001-record': record,
  '002-account': account,
  '003-catalogue': catalogue,
  '004-team': team,
  '005-sale': sale,
  '006-licence': licence,
  '007-notice': notice,
  '008-change': change,
  '009-lease': lease,
  '010-receipt': receipt,
  '011-seal': seal,
  '012-freed-at': freedAt,
  '013-credential': credential,
  '014-licence-by-member': licenceByMember,
  '015-failed-order': failedOrder,
};

/** Every migration by its name, in order. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/**
 * The advisory lock of whoever brings the database to a schema: a server that starts while a backup is being restored waits for its end,
 * and a second restore finds a database that is not empty.
 */
export const WHOLE_SCHEMA = `hashtext('namesake schema')`;

/**
 * Brings a database to the newest schema. Several processes may call it at once; one does the work.
 *
 * The limits for requests do not hold here: a table of many rows takes its time, and so does waiting for who is at it.
 *
 * @throws ConfigError where a newer version has been at it, which may have changed what this one relies on.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
    await client.query(`select pg_advisory_lock(${WHOLE_SCHEMA})`);
    refuseUnknown(await doneMigrations(client));
    const { error } = await migratorOf(onOneConnection(client)).migrateToLatest();
    if (error) throw error;
  } finally {
    // Its settings are this work's own, and so is its lock.
    client.release(true);
  }
}

function refuseUnknown(done: readonly string[]): void {
  const unknown = done.find((name) => !migrationNames.includes(name));
  if (unknown === undefined) return;
  throw new ConfigError(
    'The database',
    `was brought to ${unknown} by a newer version of Namesake. Start that one, or restore a backup of this one into an empty database`,
  );
}

/**
 * Holds the schema against the newest one, for a server whose account may not change it.
 *
 * It waits for whoever is at it, a restore as well.
 *
 * @throws ConfigError where it is not there yet, is further than this version knows, or is closed to the account.
 */
export async function requireMigrated(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(`select pg_advisory_lock_shared(${WHOLE_SCHEMA})`);
    const done = await doneMigrations(client);
    refuseUnknown(done);
    const missing = migrationNames.find((name) => !done.includes(name));
    if (missing === undefined) return;
    throw new ConfigError(
      'The database',
      `has yet to be brought to ${missing}. NAMESAKE_MIGRATE=never leaves that to its owner: ${BY_ITS_OWNER}`,
    );
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new ConfigError('The database', `is closed to this account. Its owner opens it: ${BY_ITS_OWNER}`, {
      cause: error,
    });
  } finally {
    // Its settings are this work's own, and so is its lock.
    client.release(true);
  }
}

/** PostgreSQL's code for what an account may not do (appendix A). */
export const INSUFFICIENT_PRIVILEGE = '42501';
/** How the owner of the tables brings them up to date, for servers that may not. */
export const BY_ITS_OWNER = 'npm run namesake -- migrate --for ACCOUNT';

async function doneMigrations(client: pg.ClientBase): Promise<string[]> {
  if (!(await hasTable(client, 'kysely_migration'))) return [];
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map(({ name }) => name);
}

/** Queries on a connection that stays the caller's. */
export function onOneConnection(client: pg.ClientBase): Kysely<unknown> {
  const alone = { query: client.query.bind(client), release: () => {} };
  // The dialect asks its pool for connections and for nothing else.
  const pool = { connect: async () => alone, end: async () => {} } as unknown as pg.Pool;
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

/** Brings an empty database to an earlier schema, in the caller's transaction. */
export async function migrateTo(transaction: Kysely<unknown>, name: string): Promise<void> {
  const { error } = await migratorOf(transaction).migrateTo(name);
  if (error) throw error;
}

const migratorOf = (db: Kysely<unknown>): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations } });
