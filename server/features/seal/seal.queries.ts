import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** The newest seal; undefined before the first. */
export async function findLastSeal(db: Db): Promise<{ seal: number; digest: string; at: Date } | undefined> {
  const { rows } = await sql<{ seal: number; digest: string; at: Date }>`
    select (data ->> 'seal')::bigint as seal, data ->> 'digest' as digest, at
      from event where stream_id = 'vendor' and kind = 'recordSealed'
     order by number desc limit 1
  `.execute(db);
  return rows[0];
}

/**
 * Notes the heads of all streams that grew since the seal before, all of one moment, and answers how many.
 *
 * It locks nobody's stream: what commits meanwhile is covered by the next seal.
 */
export async function noteHeads(db: Db, seal: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into sealed_head (seal, stream_id, number, hash)
    select ${seal}, s.id, s.head, s.head_hash
      from stream s
      left join lateral (
        select number from sealed_head h where h.stream_id = s.id order by h.seal desc limit 1) sealed on true
     where s.head > coalesce(sealed.number, 0)
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}

export interface SealedHead {
  readonly streamId: string;
  readonly number: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

/** A page of a seal's heads, by stream. */
export async function listHeads(db: Db, seal: number, after: string): Promise<SealedHead[]> {
  const { rows } = await sql<SealedHead>`
    select stream_id, number, encode(hash, 'hex') as hash from sealed_head
     where seal = ${seal} and stream_id > ${after} order by stream_id limit 10000
  `.execute(db);
  return rows;
}
