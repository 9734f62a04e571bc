import { sql } from 'kysely';
import type { AccountId, CustomerId, TeamId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import { actsFor } from '../../db/sight.ts';
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

/** Whether an account is staff or an agent, and which of these customers are its partner's. */
export async function findSight(
  db: Db,
  caller: AccountCaller,
  customerIds: readonly CustomerId[],
): Promise<{ staff: boolean; agent: boolean; customerIds: CustomerId[] }> {
  const { email } = caller;
  const { rows } = await sql<{ staff: boolean; agent: boolean; customerIds: CustomerId[] }>`
    select
      exists (select from staff where email = ${email}) as staff,
      exists (select from agent a join partner p on p.id = a.partner_id where a.email = ${email} and not p.retired) as agent,
      array(
        select c.id::text
          from customer as c
         where ${actsFor(caller, 'c.partnerId')} and c.id = any(${customerIds}::text[])
         order by c.id
      ) as customer_ids
  `.execute(db);
  return rows[0] ?? { staff: false, agent: false, customerIds: [] };
}
