import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../db/migrate.ts';
import { getTestEngine } from './test-engine.ts';

/** A database of one test's own, with every migration applied and no rows but those that migrations write. */
export type TestDatabase = {
  url: string;
  pool: pg.Pool;
  /** Closes the pool and removes the database; fails when the test has left a connection open. */
  drop(): Promise<void>;
};

const TEMPLATE = 'namesake_template';
const CLOSING_MILLISECONDS = 500;

let administration: Promise<pg.Pool> | undefined;
let databases = 0;

/** Makes a database from the migrated template, in some tens of milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  administration ??= prepareTemplate();
  const admin = await administration;
  databases += 1;
  const name = `test_${databases}`;
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = await urlOf(name);
  const pool = new pg.Pool({ connectionString: url, allowExitOnIdle: true });
  return { url, pool, drop: () => drop(admin, name, pool) };
}

async function prepareTemplate(): Promise<pg.Pool> {
  const engine = await getTestEngine();
  const admin = new pg.Pool({ connectionString: engine.url, allowExitOnIdle: true });
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  const pool = new pg.Pool({ connectionString: await urlOf(TEMPLATE) });
  await migrate(pool);
  await pool.end();
  return admin;
}

async function drop(admin: pg.Pool, name: string, pool: pg.Pool): Promise<void> {
  const checkedOut = pool.totalCount - pool.idleCount;
  const left = checkedOut > 0 ? [] : await pool.end().then(() => connectionsTo(admin, name));
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  if (checkedOut > 0) throw new Error(`The test has not given back ${checkedOut} clients of its pool.`);
  if (left.length > 0) throw new Error(`The test has left connections open: ${left.join('; ')}`);
}

/** The connections that are still there after a moment in which closed ones disappear. */
export async function connectionsTo(admin: pg.Pool | pg.Client, name: string): Promise<string[]> {
  const deadline = Date.now() + CLOSING_MILLISECONDS;
  for (;;) {
    const { rows } = await admin.query<{ connection: string }>(
      `SELECT application_name || ' ' || state || ': ' || left(query, 200) AS connection
         FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ connection }) => connection);
    await delay(10);
  }
}

async function urlOf(database: string): Promise<string> {
  const url = new URL((await getTestEngine()).url);
  url.pathname = `/${database}`;
  return url.href;
}
