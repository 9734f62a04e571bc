import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * What somebody has is found by one index, whether it is usable or not: the foreign key to the member, too, looks it up whenever
 * somebody joins or leaves, and looked through the licences of all teams.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    drop index licence_one_per_member;
    -- Nulls are distinct: of one product somebody has at most one licence that is usable, and any number that are not.
    create unique index licence_one_per_member on licence (member_id, product_id, (case when usable then true end))
      where member_id is not null;
    drop index licence_unusable_by_member;
    create or replace view taken_licence as
      select id, team_id, product_id, subscription_id, number, state, member_id, since, usable
        from licence where member_id is not null;
  `)
    .execute(db);
}
