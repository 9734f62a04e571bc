import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, LicenceId, MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import type { SubscriptionTerm } from '../../../domain/subscription.ts';
import type { MemberState, TeamRole } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside } from '../../db/sight.ts';

/** An order of the product that is not finished: the team's own, or one of its customer that names no team yet. */
export interface OpenOrderRow {
  readonly number: string;
  readonly state: 'acknowledged' | 'pending' | 'held' | 'inProgress' | 'failed';
  readonly reason: string | null;
  readonly isOfTeam: boolean;
  /** What the order says of its team, as it was typed; null where it says nothing. */
  readonly teamName: string | null;
  readonly ownerEmail: EmailAddress | null;
}

/** What a team says about one person and one product. */
export interface WhyRow {
  readonly teamId: TeamId;
  readonly teamName: string;
  readonly nameKey: string;
  /** What the team was called when the person was removed from it. */
  readonly nameAtRemoval: string | null;
  readonly ownerName: string;
  readonly ownerEmail: EmailAddress;
  readonly partnerName: string | null;
  readonly isClaimed: boolean;
  readonly memberId: MemberId;
  readonly memberName: string;
  readonly memberEmail: EmailAddress;
  readonly accountId: AccountId | null;
  readonly state: MemberState;
  readonly role: TeamRole;
  readonly invitationEndsOn: CalendarDate | null;
  readonly acceptedAt: Date | null;
  readonly removedAt: Date | null;
  readonly licences: readonly (SubscriptionTerm & {
    readonly licenceId: LicenceId;
    readonly state: 'held' | 'reserved';
  })[];
  readonly subscriptions: readonly SubscriptionTerm[];
  readonly free: number;
  readonly leaseHours: number;
  readonly orders: readonly OpenOrderRow[];
}

export interface Asked {
  readonly teamId: TeamId;
  readonly productId: ProductId;
  readonly today: CalendarDate;
  /** Who is meant: a member row that somebody else asks about, or whatever row stands for an account and its address. */
  readonly person: { readonly memberId: MemberId; readonly askedBy: Viewer } | { readonly accountId: AccountId };
}

const LICENCES = `
  (select coalesce(json_agg(json_build_object('licenceId', l.id, 'state', l.state, 'endsOn', s.ends_on,
     'graceDays', s.grace_days, 'suspendedDays', s.suspended_days)), '[]')
     from licence l join subscription s on s.id = l.subscription_id
    where l.member_id = m.id and l.product_id = p.id)`;

const SUBSCRIPTIONS = `
  (select coalesce(json_agg(json_build_object('endsOn', s.ends_on, 'graceDays', s.grace_days,
     'suspendedDays', s.suspended_days)), '[]')
     from subscription s where s.team_id = t.id and s.product_id = p.id)`;

const ORDERS = `
  (select coalesce(json_agg(json_build_object('number', o.number, 'state', o.state, 'reason', o.reason,
     'isOfTeam', o.team_id is not null, 'teamName', o.team_name, 'ownerEmail', o.owner_email) order by o.placed_at), '[]')
     from "order" o
    where o.state in ('acknowledged', 'pending', 'held', 'inProgress', 'failed')
      and (o.team_id = t.id or (o.team_id is null and o.customer_id = t.customer_id))
      and exists (select from order_item i where i.order_id = o.id and i.product_id = p.id))`;

/**
 * All that a team says about a person and a product, in one statement and so of one moment; undefined where no row of the team
 * stands for the person.
 *
 * Of several rows for one address the accepted one goes before an open invitation, and that before the newest removed one.
 */
export async function findWhyRow(db: Db, { teamId, productId, today, person }: Asked): Promise<WhyRow | undefined> {
  const member =
    'memberId' in person
      ? sql`select * from member m where m.team_id = t.id and m.id = ${person.memberId}
             and ${seesInside(person.askedBy, 't.id')}`
      : sql`
      select * from (
        select m.*, 1 as rank from member m
         where m.team_id = t.id and m.account_id = ${person.accountId} and m.state = 'accepted'
        union all
        select m.*, case m.state when 'invited' then 2 else 3 end
          from account a join member m on m.team_id = t.id and m.email = a.email and m.state <> 'accepted'
         where a.id = ${person.accountId}) known
       order by rank, id desc limit 1`;
  const { rows } = await sql<WhyRow>`
    select t.id as team_id, t.name as team_name, t.name_key, t.claimed_at is not null as is_claimed,
           coalesce(oa.name, o.name) as owner_name, o.email as owner_email, pa.name as partner_name,
           m.id as member_id, coalesce(ma.name, m.name) as member_name, m.email as member_email, m.account_id, m.state, m.role, m.invitation_ends_on, m.accepted_at, m.removed_at,
           (select n.name from team_name n where n.team_id = t.id and n.since <= m.removed_at
             order by n.number desc limit 1) as name_at_removal,
           ${sql.raw(LICENCES)} as licences, ${sql.raw(SUBSCRIPTIONS)} as subscriptions,
           (select count(*)::int from subscription s join licence l on l.subscription_id = s.id
             where s.team_id = t.id and s.product_id = p.id and s.state = 'active'
               and s.ends_on + s.grace_days >= ${today} and l.state = 'free' and l.usable) as free,
           p.lease_hours, ${sql.raw(ORDERS)} as orders
      from team t
      join product p on p.id = ${productId}
      join member o on o.id = t.owner_member_id
      left join account oa on oa.id = o.account_id
      left join partner pa on pa.id = t.partner_id
      join lateral (${member}) m on true
      left join account ma on ma.id = m.account_id
     where t.id = ${teamId}
  `.execute(db);
  return rows[0];
}

/** The product that a team has the most licences of; undefined where it has none. */
export async function findMainProduct(db: Db, teamId: TeamId): Promise<ProductId | undefined> {
  const row = await db
    .selectFrom('subscription as s')
    .innerJoin('product as p', 'p.id', 's.productId')
    .select('s.productId')
    .where('s.teamId', '=', teamId)
    .where('p.kind', '=', 'namedLicence')
    .groupBy('s.productId')
    .orderBy((eb) => eb.fn.sum('s.quantity'), 'desc')
    .executeTakeFirst();
  return row?.productId;
}
