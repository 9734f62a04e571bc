import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { LicenceId } from '../../../domain/id.ts';
import type { Db, Tables } from '../../db/database.ts';

/** Inserts a subscription. The database refuses a second one for the same order item. */
export async function insertSubscription(db: Db, row: Insertable<Tables['subscription']>): Promise<void> {
  await db.insertInto('subscription').values(row).execute();
}

/** Makes the numbered licences of a subscription in one statement: the first id gets number 1. */
export async function insertLicences(
  db: Db,
  { id, teamId, productId }: Pick<Tables['subscription'], 'id' | 'teamId' | 'productId'>,
  licenceIds: readonly LicenceId[],
): Promise<void> {
  await sql`
    insert into licence (id, team_id, product_id, subscription_id, number)
    select l.id, ${teamId}, ${productId}, ${id}, l.number
      from unnest(${licenceIds}::text[]) with ordinality as l (id, number)
  `.execute(db);
}

export async function insertAllotment(db: Db, row: Tables['allotment']): Promise<void> {
  await db.insertInto('allotment').values(row).execute();
}
