import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What signed-in applications picked up last, and how to find what explains that somebody cannot work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- One row for each device, team and product. No part of the record: it changes nobody's licence.
    create table receipt (
      token_id   text        not null references device_token on delete cascade,
      team_id    text        not null references team,
      product_id text        not null references product,
      revision   bigint      not null check (revision >= 0),
      state      text        not null check (state in ('unlocked', 'locked')),
      -- When this state was picked up, and when the device last said so again.
      at         timestamptz not null,
      seen_at    timestamptz not null check (seen_at >= at),
      primary key (token_id, team_id, product_id)
    ) with (fillfactor = 80);
    create index receipt_by_team on receipt (team_id);

    -- When somebody's licence was taken back; giving one does not touch it.
    create index holding_taken on holding (member_id, taken_at desc) where taken_at is not null;

    -- The few orders of a team that are not finished.
    create index order_open_by_team on "order" (team_id)
      where state in ('acknowledged', 'pending', 'held', 'inProgress');
  `)
    .execute(db);
}
