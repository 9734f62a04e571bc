import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { hasTable } from '../../db/connection.ts';

/** What is copied for a walk over the record, in the order in which it goes. */
const COPIES = {
  streams: `select id, head, head_hash from stream order by id collate "C"`,
  events: `select stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash
             from event order by stream_id collate "C", number`,
  sealedHeads: `select seal, stream_id, number, hash from sealed_head order by stream_id, seal`,
};

export interface OpenedRecord {
  readonly streams: Readable;
  readonly events: Readable;
  readonly sealedHeads: Readable;
  /** The key that verifies what each signing key has signed, by its id: 32 bytes in base64url. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Opens the rows of the record as they are at one moment, and closes them when the work is done. */
export async function withRecord<T>(
  connectionString: string,
  work: (record: OpenedRecord, client: pg.Client) => Promise<T>,
): Promise<T> {
  const clients = Array.from(
    { length: 3 },
    () => new pg.Client({ connectionString, application_name: 'namesake verify' }),
  );
  const [first, second, third] = clients as [pg.Client, pg.Client, pg.Client]; // three were made
  // Connections that are cut say so to whoever reads from them.
  for (const client of clients) client.on('error', () => {});
  try {
    await Promise.all(clients.map((client) => client.connect()));
    const snapshot = await begin(first);
    await Promise.all([second, third].map((client) => begin(client, snapshot)));
    const keys = await readKeys(first);
    const hasSeals = await hasTable(first, 'sealed_head');
    const record = {
      streams: first.query(copyTo(`copy (${COPIES.streams}) to stdout`)),
      events: second.query(copyTo(`copy (${COPIES.events}) to stdout`)),
      sealedHeads: third.query(copyTo(`copy (${hasSeals ? COPIES.sealedHeads : 'select where false'}) to stdout`)),
      keys,
    };
    for (const stream of Object.values(record)) if ('on' in stream) stream.on('error', () => {});
    return await work(record, first);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

/** Begins to see one moment; without a name a new one, whose name is answered. */
async function begin(client: pg.Client, snapshot?: string): Promise<string> {
  await client.query(`begin isolation level repeatable read read only`);
  if (snapshot) await client.query(`set transaction snapshot '${snapshot}'`);
  await client.query(
    `set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex'; set statement_timeout = 0`,
  );
  if (snapshot) return snapshot;
  const { rows } = await client.query<{ name: string }>('select pg_export_snapshot() as name');
  return rows[0]?.name ?? '';
}

async function readKeys(client: pg.Client): Promise<Map<string, string>> {
  if (!(await hasTable(client, 'signing_key'))) return new Map();
  const { rows } = await client.query<{ kid: string; publicX: Buffer }>(
    'select kid, public_x as "publicX" from signing_key',
  );
  return new Map(rows.map(({ kid, publicX }) => [kid, publicX.toString('base64url')]));
}
