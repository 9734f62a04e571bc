import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

export type { Tables };
/** The database or a transaction on it. */
export type Db = Kysely<Tables>;
/** Connections to the database, as the driver keeps them. */
export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

const BIGINT = 20;
const BIGINT_ARRAY = 1016;
const DATE = 1082;

/** Byte counts and revisions stay below 2^53, and calendar dates are no moments: both come as what they are. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === BIGINT) return Number;
    if (oid === DATE) return String;
    if (oid === BIGINT_ARRAY) return (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(Number);
    return pg.types.getTypeParser(oid, format);
  },
};

export interface DatabaseOptions {
  readonly connectionString: string;
  readonly maxConnections?: number;
}

/**
 * A pool of connections to a database that takes writes.
 *
 * A connection that breaks is dropped; the next query opens another. One that a balancer has led to a standby is not used.
 */
export function createPool({ connectionString, maxConnections = 12 }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'namesake',
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    types,
    verify: refuseStandby,
  });
  pool.on('error', () => {
    // The pool has removed it already; whoever queries next sees whether the database is there.
  });
  return pool;
}

/** As PostgreSQL refuses a write there, but before anything was tried. */
class ReadOnlyError extends Error {
  readonly code = '25006';
}

/** What a pool asks of each new connection, the queue's pool too: that its database takes writes. */
export function refuseStandby(client: pg.PoolClient, done: (error?: Error) => void): void {
  // Whoever queries is told. The pool itself listens to none that it has handed out, from this very question on: a
  // connection that is lost then, or between two queries of a transaction, would end the process.
  client.on('error', () => {});
  void requireWritable(client).then(() => done(), done);
}

async function requireWritable(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
  if (rows[0]?.transaction_read_only !== 'off')
    throw new ReadOnlyError('the database takes no writes: it is a standby');
}

/** Typed queries on a pool: tables and columns in snake_case, in code in camelCase. */
export function createDb(pool: pg.Pool): Db {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
