import { sql } from 'kysely';
import type { StreamId } from '../../domain/event.ts';
import type { Db } from '../db/database.ts';

/**
 * Takes a stream's row lock for the rest of the transaction and answers the number of its newest event.
 *
 * What is read afterwards is what the stream's last change left. An unknown stream answers undefined.
 */
export async function lockStream(db: Db, streamId: StreamId): Promise<number | undefined> {
  const { rows } = await sql<{ head: number }>`
    select head from stream where id = ${streamId} for no key update
  `.execute(db);
  return rows[0]?.head;
}

/** Makes the stream of a new team or customer. */
export async function makeStream(db: Db, streamId: StreamId): Promise<void> {
  await db.insertInto('stream').values({ id: streamId }).execute();
}
