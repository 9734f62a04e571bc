import type pg from 'pg';
import { ConfigError } from '../platform/config-error.ts';
import { INSUFFICIENT_PRIVILEGE } from './migrate.ts';

/** What was recorded stays as it is, and which migrations were done is their owner's affair. */
const APPENDED = ['event'];
const READ = ['kysely_migration', 'kysely_migration_lock'];

/**
 * Gives an account what a server does with the tables as they are: it may read and write rows, and neither change tables nor what was
 * recorded. What it was given before is taken back first.
 *
 * @throws ConfigError where there is no such account, or the connection's may not give away what the tables allow.
 */
export async function grantLeast(client: pg.ClientBase, account: string, schemas: readonly string[]): Promise<void> {
  await refuseMighty(client, account);
  const name = client.escapeIdentifier(account);
  const tables = (names: readonly string[]) => names.map((table) => `public.${table}`).join(', ');
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  await client.query('begin');
  try {
    await client.query(`grant connect on database ${database} to ${name}`);
    for (const schema of schemas) {
      await client.query(`
        revoke all on schema ${schema} from ${name};
        revoke all on all tables in schema ${schema} from ${name};
        revoke all on all sequences in schema ${schema} from ${name};
        grant usage on schema ${schema} to ${name};
        grant select, insert, update, delete on all tables in schema ${schema} to ${name};
        grant usage, select on all sequences in schema ${schema} to ${name}`);
    }
    await client.query(`revoke update, delete on ${tables(APPENDED)} from ${name}`);
    await client.query(`revoke insert, update, delete on ${tables(READ)} from ${name}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new ConfigError('DATABASE_URL', 'names an account that does not own the tables', { cause: error });
  }
}

/** What is granted limits nobody who owns the tables or may do everything anyway; and of an owner it would take its own. */
async function refuseMighty(client: pg.ClientBase, account: string): Promise<void> {
  const { rows } = await client.query<{ isMighty: boolean }>(
    `select r.rolsuper or pg_has_role(r.oid, (select relowner from pg_class where oid = 'public.event'::regclass), 'member') as "isMighty"
       from pg_roles r where rolname = $1`,
    [account],
  );
  const [found] = rows;
  if (!found) throw new ConfigError('--for', `names no account of the database: ${account}`);
  if (found.isMighty) {
    throw new ConfigError(
      '--for',
      `names ${account}, which owns the tables or may do everything: make another account`,
    );
  }
}
