import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { chainInput, firstPreviousHash } from '../../../domain/event.ts';
import type { Db } from '../../db/database.ts';

type ChainedRow = Parameters<typeof chainInput>[0] & { readonly hash: string };

/** Checks a stream's chain with nothing but the domain's definition of it: numbers without a gap, each hash over its predecessor. */
export async function assertChain(db: Db, streamId: string): Promise<number> {
  const { rows } = await sql<ChainedRow>`
    select stream_id, number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, kind, actor_kind,
           actor_id, data::text as data_text, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
      from event where stream_id = ${streamId} order by number
  `.execute(db);
  let previous = firstPreviousHash;
  for (const [index, row] of rows.entries()) {
    assert.equal(row.number, index + 1, `the numbers of ${streamId} have a gap`);
    assert.equal(row.previousHash, previous, `event ${row.number} does not follow its predecessor`);
    assert.equal(createHash('sha256').update(chainInput(row), 'utf8').digest('hex'), row.hash);
    previous = row.hash;
  }
  const stream = await db.selectFrom('stream').select('head').where('id', '=', streamId).executeTakeFirst();
  assert.equal(stream?.head, rows.length);
  return rows.length;
}
