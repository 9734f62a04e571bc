import pg from 'pg';
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
  await administer(engine.url, `create database ${name} template template0 ${kind}`);
  const url = new URL(engine.url);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, allowExitOnIdle: true });
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end();
      await administer(engine.url, `drop database ${name} with (force)`);
    },
  };
}

async function administer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
