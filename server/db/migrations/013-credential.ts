import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** An account has one password: two that were set at the same moment could both stay, and either of them signed in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Of several the one that was set last stays.
    delete from credential c
     using credential later
     where later.account_id = c.account_id and later.provider_id = c.provider_id
       and (later.updated_at, later.id) > (c.updated_at, c.id);
    create unique index credential_one_per_provider on credential (account_id, provider_id);
    drop index credential_by_account;
  `)
    .execute(db);
}
