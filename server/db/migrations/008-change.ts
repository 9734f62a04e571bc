import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * What a server process needs to keep the licences in memory.
 *
 * Each event and each account's row says which transaction wrote it, so that a process can ask for exactly what became
 * visible since it last looked, in whatever order transactions commit.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table event add column transaction_id xid8 not null default pg_current_xact_id();
    create index event_by_transaction on event (transaction_id);

    alter table account add column transaction_id xid8 not null default pg_current_xact_id();
    create index account_by_transaction on account (transaction_id);
    create function note_transaction() returns trigger language plpgsql as $$
    begin
      new.transaction_id := pg_current_xact_id();
      return new;
    end $$;
    create trigger account_notes_transaction before update on account
      for each row execute function note_transaction();

    -- Who is known to teams by an address alone.
    create index member_by_address_alone on member (email) where state <> 'accepted';

    -- All that somebody has, found by index: each part has its own, and the second one is empty as a rule, so that giving
    -- and taking write no entry more.
    create index licence_unusable_by_member on licence (member_id) where member_id is not null and not usable;
    create view taken_licence as
      select id, team_id, product_id, subscription_id, number, state, member_id, since, usable
        from licence where member_id is not null and usable
      union all
      select id, team_id, product_id, subscription_id, number, state, member_id, since, usable
        from licence where member_id is not null and not usable;
  `)
    .execute(db);
}
