import { withConnection } from './db/connection.ts';
import { createPool } from './db/database.ts';
import { grantLeast } from './db/least-rights.ts';
import { migrate } from './db/migrate.ts';
import { JOB_SCHEMA, migrateJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';

export interface BringUp {
  /** The database, as its owner. */
  readonly connectionString: string;
  /** The account of servers that may not change tables: it gets what they need, and no more. */
  readonly account: string | undefined;
  readonly log: Log;
}

/**
 * Does what a start would do to the schema, for servers that run with `NAMESAKE_MIGRATE=never`: before the first start, and before each
 * upgrade. Doing it again changes nothing.
 *
 * @throws ConfigError where a newer version has been at the database, and the database's own errors.
 */
export async function bringUp({ connectionString, account, log }: BringUp): Promise<void> {
  const pool = createPool({ connectionString, maxConnections: 1 });
  await migrate(pool).finally(() => pool.end());
  await migrateJobs(connectionString, log);
  if (account === undefined) return;
  await withConnection({ connectionString }, (client) => grantLeast(client, account, ['public', JOB_SCHEMA]));
}
