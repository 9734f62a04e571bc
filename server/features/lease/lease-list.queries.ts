import { sql } from 'kysely';
import type { AccountId, LeaseId, MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import { leasesPerList } from '../../../domain/lease.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside } from '../../db/sight.ts';

/**
 * Whether a lease `l` is revoked: it follows from what it was issued for and is written nowhere.
 *
 * Its account no longer holds a usable licence of the product in the team as an accepted member, its token was revoked,
 * or its key was.
 */
const IS_REVOKED = `(
  not exists (
    select from member m join licence i on i.member_id = m.id
     where m.team_id = l.team_id and m.account_id = l.account_id and m.state = 'accepted'
       and i.product_id = l.product_id and i.state = 'held' and i.usable)
  or not exists (select from device_token d where d.id = l.token_id and d.revoked_at is null)
  or not exists (select from signing_key k where k.kid = l.kid and k.state <> 'revoked'))`;

/** A lease that has not ended, with the names that people see. */
export interface LiveLease {
  readonly leaseId: LeaseId;
  readonly accountId: AccountId;
  readonly memberId: MemberId;
  readonly teamId: TeamId;
  readonly teamName: string;
  readonly productId: ProductId;
  readonly productName: string;
  readonly applicationName: string;
  readonly place: string | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly revoked: boolean;
}

export interface LeaseFilter {
  /** Who reads others' leases, of teams that it sees into; left out for what is one's own. */
  readonly viewer?: Viewer | undefined;
  readonly at: Date;
  readonly teamId?: TeamId | undefined;
  readonly accountId?: AccountId | undefined;
  readonly memberId?: MemberId | undefined;
  readonly productId?: ProductId | undefined;
}

/** The newest lease of each device, team and product that has not ended, those that last longest first. */
export async function listLiveLeaseRows(db: Db, filter: LeaseFilter): Promise<LiveLease[]> {
  const { viewer, at, teamId = null, accountId = null, memberId = null, productId = null } = filter;
  const { rows } = await sql<LiveLease>`
    select * from (
      select distinct on (l.account_id, l.team_id, l.product_id, l.token_id, l.jkt)
             l.id as lease_id, l.account_id, l.member_id, l.team_id, t.name as team_name, l.product_id,
             p.name as product_name, a.name as application_name, d.place, l.issued_at, l.expires_at,
             ${sql.raw(IS_REVOKED)} as revoked
        from lease l
        join team t on t.id = l.team_id
        join product p on p.id = l.product_id
        join application a on a.id = l.application_id
        left join device_token d on d.id = l.token_id
       where l.expires_at > ${at} and ${viewer ? seesInside(viewer, 'l.teamId') : sql`true`}
         and (${accountId}::text is null or l.account_id = ${accountId})
         and (${teamId}::text is null or (l.team_id = ${teamId} and l.account_id in (
               select account_id from member where team_id = ${teamId})))
         and (${memberId}::text is null or l.member_id = ${memberId})
         and (${productId}::text is null or l.product_id = ${productId})
       order by l.account_id, l.team_id, l.product_id, l.token_id, l.jkt, l.number desc) newest
     order by expires_at desc, lease_id
  `.execute(db);
  return rows;
}

/** The places of a list's revoked leases; undefined where no lease has its place in that list. */
export async function findRevokedPlaces(db: Db, list: number, at: Date): Promise<number[] | undefined> {
  const first = list * leasesPerList;
  const { rows } = await sql<{ exists: boolean; places: number[] | null }>`
    select exists (select from lease where number >= ${first} and number < ${first + leasesPerList}) as exists,
           (select array_agg((l.number - ${first})::int) from lease l
             where l.number >= ${first} and l.number < ${first + leasesPerList} and l.expires_at > ${at}
               and ${sql.raw(IS_REVOKED)}) as places
  `.execute(db);
  const row = rows[0];
  return row?.exists ? (row.places ?? []) : undefined;
}
