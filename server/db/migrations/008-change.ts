import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * By which transaction each event and each account's row was written, so that a server process can ask for exactly
 * what became visible since it last looked, in whatever order transactions commit.
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
  `)
    .execute(db);
}
