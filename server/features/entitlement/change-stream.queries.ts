import type { AccountId, CustomerId, PartnerId, TeamId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { AccountCaller } from '../../platform/caller.ts';

/** The teams of an account with their newest revisions. */
export async function listTeamHeads(db: Db, accountId: AccountId): Promise<{ teamId: TeamId; revision: number }[]> {
  return db
    .selectFrom('member as m')
    .innerJoin('stream as s', 's.id', 'm.teamId')
    .select(['m.teamId', 's.head as revision'])
    .where('m.accountId', '=', accountId)
    .where('m.state', '=', 'accepted')
    .execute();
}

/** The partner for which an account acts, and whether it belongs to the vendor's staff. */
export async function findSalesRole(
  db: Db,
  { email }: AccountCaller,
): Promise<{ partnerId: PartnerId | undefined; staff: boolean }> {
  const agent = await db.selectFrom('agent').select('partnerId').where('email', '=', email).executeTakeFirst();
  const staff = await db.selectFrom('staff').select('email').where('email', '=', email).executeTakeFirst();
  return { partnerId: agent?.partnerId, staff: staff !== undefined };
}

export async function isCustomerOf(db: Db, customerId: CustomerId, partnerId: PartnerId): Promise<boolean> {
  const row = await db
    .selectFrom('customer')
    .select('id')
    .where('id', '=', customerId)
    .where('partnerId', '=', partnerId)
    .executeTakeFirst();
  return row !== undefined;
}
