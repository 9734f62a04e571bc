import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What the daily signed events of the record cover. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The heads that each seal covers: of the streams that grew since the one before. The seal signs a digest over them in
    -- this order, which must be the same under every collation.
    create table sealed_head (
      seal      bigint not null,
      stream_id text   collate "C" not null,
      number    bigint not null,
      hash      bytea  not null,
      primary key (seal, stream_id)
    );
    create index sealed_head_newest on sealed_head (stream_id, seal desc);
  `)
    .execute(db);
}
