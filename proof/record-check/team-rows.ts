import { closedHoldingDigestSql } from './holding-digest.ts';
import type { Snapshot } from './snapshot.ts';

/** What the tables say of some teams. Moments and dates as ISO 8601 text. */
export interface TeamRows {
  readonly teams: readonly TeamRow[];
  readonly members: readonly MemberRow[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly licences: readonly LicenceRow[];
  readonly open: readonly OpenHoldingRow[];
}

export interface TeamRow {
  readonly id: string;
  readonly customerId: string | null;
  readonly ownerMemberId: string;
  readonly nextOwnerMemberId: string | null;
  readonly claimed: boolean;
  readonly names: number;
}

export interface MemberRow {
  readonly id: string;
  readonly teamId: string;
  readonly state: string;
  readonly role: string;
  readonly external: boolean;
  readonly invitationEndsOn: string | null;
}

export interface SubscriptionRow {
  readonly id: string;
  readonly teamId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: string;
  readonly orderItemId: string | null;
  readonly kind: string;
  readonly storageBytes: number;
  readonly licences: number;
}

export interface LicenceRow {
  readonly id: string;
  readonly teamId: string;
  readonly productId: string;
  readonly subscriptionId: string;
  readonly state: string;
  readonly memberId: string | null;
  readonly since: string | null;
  readonly usable: boolean;
}

interface OpenHoldingRow {
  readonly id: string;
  readonly licenceId: string;
  readonly memberId: string;
  readonly givenAt: string;
  readonly givenBy: string | null;
}

const moment = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Reads these teams' rows, by the tables' own indexes where there are any. */
export async function readTeamRows(snapshot: Snapshot, ids: readonly string[]): Promise<TeamRows> {
  const teams = await snapshot.rows<TeamRow>(
    `select id, customer_id as "customerId", owner_member_id as "ownerMemberId",
            next_owner_member_id as "nextOwnerMemberId", claimed_at is not null as claimed,
            (select count(*) from team_name n where n.team_id = team.id)::int as names
       from team where id = any($1)`,
    [ids],
  );
  const members = await snapshot.rows<MemberRow>(
    `select id, team_id as "teamId", state, role, external, invitation_ends_on::text as "invitationEndsOn"
       from member where team_id = any($1)`,
    [ids],
  );
  const subscriptions = await snapshot.rows<SubscriptionRow>(
    `select s.id, s.team_id as "teamId", s.product_id as "productId", s.quantity, s.starts_on::text as "startsOn",
            s.ends_on::text as "endsOn", s.state, s.order_item_id as "orderItemId", p.kind,
            (select count(*) from licence l where l.subscription_id = s.id)::int as licences,
            coalesce((select sum(bytes) from allotment a where a.subscription_id = s.id), 0)::float8 as "storageBytes"
       from subscription s join product p on p.id = s.product_id where s.team_id = any($1)`,
    [ids],
  );
  const licences = await snapshot.rows<LicenceRow>(
    `select l.id, l.team_id as "teamId", l.product_id as "productId", l.subscription_id as "subscriptionId", l.state,
            l.member_id as "memberId", ${moment('l.since')} as since, l.usable
       from subscription s join licence l on l.subscription_id = s.id where s.team_id = any($1)`,
    [ids],
  );
  const open = await snapshot.rows<OpenHoldingRow>(
    `select id, licence_id as "licenceId", member_id as "memberId", ${moment('given_at')} as "givenAt",
            given_by as "givenBy" from holding where taken_at is null and licence_id = any($1)`,
    [licences.map(({ id }) => id)],
  );
  return { teams, members, subscriptions, licences, open };
}

/** The closed holdings of each licence: how many, and the sum of their digests. Reads the whole history. */
export async function readClosedHoldings(snapshot: Snapshot): Promise<Map<string, { count: number; digest: bigint }>> {
  const rows = await snapshot.rows<{ licenceId: string; count: number; digest: string }>(
    `select licence_id as "licenceId", count(*)::int as count, sum(${closedHoldingDigestSql})::text as digest
       from holding where taken_at is not null group by licence_id`,
  );
  return new Map(rows.map(({ licenceId, count, digest }) => [licenceId, { count, digest: BigInt(digest) }]));
}
