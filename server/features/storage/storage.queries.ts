import { sql } from 'kysely';
import type { TeamId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside } from '../../db/sight.ts';

/** The allotments of a team with their subscriptions' terms, newest first. */
export async function listAllotmentRows(db: Db, viewer: Viewer, teamId: TeamId) {
  return db
    .selectFrom('allotment as a')
    .innerJoin('subscription as s', 's.id', 'a.subscriptionId')
    .innerJoin('product as p', 'p.id', 's.productId')
    .select([
      'a.id',
      'a.subscriptionId',
      'a.kind',
      'a.quantity',
      'a.bytesEach',
      'a.bytes',
      's.endsOn',
      's.graceDays',
      's.suspendedDays',
      'p.name as productName',
    ])
    .where('a.teamId', '=', teamId)
    .where(seesInside(viewer, 'a.teamId'))
    .where('s.state', '<>', 'terminated')
    .orderBy('s.endsOn', 'desc')
    .orderBy('a.id')
    .execute();
}

/** The team's place, from 1, among its owner's teams by age; the first ones have free storage. Undefined for who does not see into it. */
export async function findOrdinal(db: Db, viewer: Viewer, teamId: TeamId): Promise<number | undefined> {
  const { rows } = await sql<{ ordinal: number }>`
    select count(*)::int as ordinal
      from team t
      join member o on o.id = t.owner_member_id
      join member other on other.email = o.email and other.role = 'owner' and other.state <> 'removed'
      join team u on u.owner_member_id = other.id and (u.created_at, u.id) <= (t.created_at, t.id)
     where t.id = ${teamId} and ${seesInside(viewer, 't.id')}
     group by t.id
  `.execute(db);
  return rows[0]?.ordinal;
}
