import pg from 'pg';
import { withConnection } from '../../db/connection.ts';
import { connectionsTo } from './database.ts';
import { getTestEngine } from './test-engine.ts';

/** A database with nothing in it, as an administrator makes one before a restore. */
export interface EmptyDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

let made = 0;

/** @param kind Further words for `create database`, such as its encoding. */
export async function createEmptyDatabase(kind = ''): Promise<EmptyDatabase> {
  const engine = await getTestEngine();
  made += 1;
  const name = `empty_${made}`;
  await withConnection({ connectionString: engine.url }, (admin) =>
    admin.query(`create database ${name} template template0 ${kind}`),
  );
  const url = new URL(engine.url);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, allowExitOnIdle: true });
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end();
      await withConnection({ connectionString: engine.url }, async (admin) => {
        // A connection that is still closing would be told that it is cut off, and nobody listens to it any more.
        await connectionsTo(admin, name);
        await admin.query(`drop database ${name} with (force)`);
      });
    },
  };
}
