import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, MemberId, TeamId } from '../../../domain/id.ts';
import type { MemberState, TeamRole } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside } from '../../db/sight.ts';

export interface NewMember {
  readonly id: MemberId;
  readonly teamId: TeamId;
  readonly accountId: AccountId | null;
  readonly email: EmailAddress;
  readonly name: string;
  readonly role: TeamRole;
  readonly state: MemberState;
  readonly external?: boolean;
  readonly invitedBy?: AccountId;
  readonly invitedAt: Date;
  readonly invitationEndsOn?: CalendarDate;
  readonly acceptedAt: Date | null;
}

export async function insertMember(db: Db, member: NewMember): Promise<void> {
  await db
    .insertInto('member')
    .values({ invitedBy: null, invitationEndsOn: null, removedAt: null, ...member })
    .execute();
}

export interface MemberSet {
  accountId: AccountId | null;
  email: EmailAddress;
  name: string;
  role: TeamRole;
  state: MemberState;
  external: boolean;
  invitedBy: AccountId | null;
  invitedAt: Date;
  invitationEndsOn: CalendarDate | null;
  acceptedAt: Date | null;
  removedAt: Date | null;
}

export async function updateMember(db: Db, id: MemberId, set: Partial<MemberSet>): Promise<void> {
  await db.updateTable('member').set(set).where('id', '=', id).execute();
}

/** Members as people see them: a name that the person gave to the account goes before the one of the invitation. */
function selectMembers(db: Db) {
  return db
    .selectFrom('member as m')
    .leftJoin('account as a', 'a.id', 'm.accountId')
    .select((eb) => [
      'm.id',
      'm.teamId',
      'm.accountId',
      eb.fn.coalesce('a.name', 'm.name').as('name'),
      'm.email',
      'm.role',
      'm.state',
      'm.external',
      'm.invitedAt',
      'm.acceptedAt',
      'm.invitationEndsOn',
      'm.invitedBy',
    ]);
}

export type MemberRow = Awaited<ReturnType<typeof listMemberRows>>[number];

export interface MemberPage {
  readonly teamId: TeamId;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly after: string | undefined;
}

/** The members and open invitations of a team that the account sees into, in the order in which they came. */
export async function listMemberRows(db: Db, viewer: Viewer, { teamId, search, limit, after }: MemberPage) {
  let query = selectMembers(db)
    .where('m.teamId', '=', teamId)
    .where(seesInside(viewer, 'm.teamId'))
    .where('m.state', '<>', 'removed')
    .orderBy('m.id')
    .limit(limit + 1);
  if (after) query = query.where('m.id', '>', after as MemberId);
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([eb(sql`coalesce(a.name, m.name)`, 'ilike', pattern), eb(sql`m.email`, 'ilike', pattern)]),
    );
  }
  return query.execute();
}

export async function findMember(db: Db, teamId: TeamId, id: MemberId): Promise<MemberRow | undefined> {
  return selectMembers(db).where('m.teamId', '=', teamId).where('m.id', '=', id).executeTakeFirst();
}

/** A member by id alone, for the bearer of an invitation's link. */
export async function findInvited(db: Db, id: MemberId) {
  return selectMembers(db)
    .innerJoin('team as t', 't.id', 'm.teamId')
    .leftJoin('account as inviter', 'inviter.id', 'm.invitedBy')
    .select(['t.name as teamName', 'inviter.name as invitedByName'])
    .where('m.id', '=', id)
    .executeTakeFirst();
}

/** The rows that stand for these addresses in a team, the newest of each: also removed ones, which may come back. */
export async function findByAddresses(
  db: Db,
  viewer: Viewer,
  { teamId, emails }: { teamId: TeamId; emails: readonly EmailAddress[] },
): Promise<MemberRow[]> {
  if (emails.length === 0) return [];
  return selectMembers(db)
    .distinctOn('m.email')
    .where('m.teamId', '=', teamId)
    .where(seesInside(viewer, 'm.teamId'))
    .where('m.email', 'in', emails)
    .orderBy('m.email')
    .orderBy(sql`(m.state <> 'removed')`, 'desc')
    .orderBy('m.id', 'desc')
    .execute();
}

/** Invitations that ended before this day and were not accepted. An owner's never ends. */
export async function listEndedInvitations(db: Db, today: CalendarDate) {
  return db
    .selectFrom('member')
    .select(['id', 'teamId'])
    .where('state', '=', 'invited')
    .where('role', '<>', 'owner')
    .where('invitationEndsOn', '<', today)
    .orderBy('id')
    .limit(1000)
    .execute();
}
