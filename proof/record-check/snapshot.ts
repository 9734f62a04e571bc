import pg from 'pg';

/** Reads within one snapshot of a database: whatever is committed meanwhile is not seen. */
export interface Snapshot {
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

const CONNECT_MILLISECONDS = 10_000;

/** Opens one snapshot, read only, and closes it when the work is done. */
export async function inSnapshot<T>(databaseUrl: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'record check',
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    return await work({
      async rows<Row>(text: string, values: readonly unknown[] = []) {
        const { rows } = await client.query(text, [...values]);
        // Each statement's author says what it answers.
        return rows as Row[];
      },
    });
  } finally {
    await client.end();
  }
}
