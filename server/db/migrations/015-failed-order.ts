import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** An order that failed is not finished either: the team waits until the back office has had it processed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    drop index order_open_by_team;
    create index order_open_by_team on "order" (team_id)
      where state in ('acknowledged', 'pending', 'held', 'inProgress', 'failed');
  `)
    .execute(db);
}
