import { sql } from 'kysely';
import type { AccountId, CustomerId, MemberId, PartnerId, TeamId } from '../../../domain/id.ts';
import type { TeamRole } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';
import { actsFor, isStaff, seesTeam } from '../../db/sight.ts';
import type { AccountCaller } from '../../platform/caller.ts';

/** How an account stands to a team: what it is there, apart from what it may do. */
export interface TeamStanding {
  readonly teamId: TeamId;
  readonly role: TeamRole | null;
  readonly memberId: MemberId | null;
  readonly staff: boolean;
  readonly agent: boolean;
  readonly claimed: boolean;
}

/** The standing of an account in a team; undefined where it has none, so that the team does not exist for it. */
export async function findStanding(db: Db, teamId: TeamId, caller: AccountCaller): Promise<TeamStanding | undefined> {
  const row = await db
    .selectFrom('team as t')
    .leftJoin('customer as c', 'c.id', 't.customerId')
    .leftJoin('member as m', (join) =>
      join.onRef('m.teamId', '=', 't.id').on('m.accountId', '=', caller.accountId).on('m.state', '=', 'accepted'),
    )
    .select((eb) => [
      't.id as teamId',
      'm.role',
      'm.id as memberId',
      isStaff(caller).as('staff'),
      actsFor(caller, 'c.partnerId').as('agent'),
      eb('t.claimedAt', 'is not', null).as('claimed'),
    ])
    .where('t.id', '=', teamId)
    .executeTakeFirst();
  if (!row || !(row.role || row.staff || row.agent)) return undefined;
  return { ...row, staff: Boolean(row.staff), agent: Boolean(row.agent), claimed: Boolean(row.claimed) };
}

/** Teams as people see them, with everything that one line of a list shows. */
function selectTeams(db: Db, caller: AccountCaller) {
  return db
    .selectFrom('team as t')
    .innerJoin('stream as s', 's.id', 't.id')
    .innerJoin('member as o', 'o.id', 't.ownerMemberId')
    .leftJoin('account as oa', 'oa.id', 'o.accountId')
    .leftJoin('customer as c', 'c.id', 't.customerId')
    .leftJoin('partner as p', 'p.id', 't.partnerId')
    .leftJoin('member as m', (join) =>
      join.onRef('m.teamId', '=', 't.id').on('m.accountId', '=', caller.accountId).on('m.state', '=', 'accepted'),
    )
    .select((eb) => [
      't.id',
      't.name',
      't.slug',
      't.version',
      't.claimedAt',
      't.createdAt',
      't.nextOwnerMemberId',
      's.head as revision',
      'o.id as ownerMemberId',
      'o.email as ownerEmail',
      eb.fn.coalesce('oa.name', 'o.name').as('ownerName'),
      'c.customerNumber',
      'c.name as customerName',
      'p.name as partnerName',
      'm.id as myMemberId',
      'm.role as myRole',
      eb
        .selectFrom('member as n')
        .select((n) => n.fn.countAll<number>().as('count'))
        .whereRef('n.teamId', '=', 't.id')
        .where('n.state', '<>', 'removed')
        .as('memberCount'),
    ]);
}

/** A team that the account has to do with, as people see it. */
export async function findSeenTeam(db: Db, caller: AccountCaller, teamId: TeamId) {
  return selectTeams(db, caller).where('t.id', '=', teamId).where(seesTeam(caller, 't.id')).executeTakeFirst();
}

export interface TeamPage {
  readonly search?: string | undefined;
  readonly limit: number;
  readonly after: string | undefined;
}

/** The teams of an account by name; vendor staff that searches finds all. */
export async function listTeamRows(db: Db, caller: AccountCaller, { search, limit, after }: TeamPage) {
  let query = selectTeams(db, caller)
    .where((eb) => eb.or([eb('m.id', 'is not', null), eb.and([isStaff(caller), eb.lit(search !== undefined)])]))
    .orderBy('t.id')
    .limit(limit + 1);
  if (search) query = query.where(sql`t.name`, 'ilike', `%${search.replace(/[\\%_]/g, '\\$&')}%`);
  if (after) query = query.where('t.id', '>', after as TeamId);
  return query.execute();
}

export interface NewTeam {
  readonly id: TeamId;
  readonly name: string;
  readonly nameKey: string;
  readonly slug: string;
  readonly customerId: CustomerId | null;
  readonly partnerId: PartnerId | null;
  readonly ownerMemberId: MemberId;
  readonly claimedAt: Date | null;
  readonly madeBy: AccountCaller['accountId'] | null;
  readonly createdAt: Date;
}

export async function insertTeam(db: Db, team: NewTeam): Promise<void> {
  await db
    .insertInto('team')
    .values({ ...team, nextOwnerMemberId: null })
    .execute();
  await insertTeamName(db, team.id, team.name, team.createdAt);
}

/** Adds a name to the team's history of names, under the team's lock; answers which one it is, from 1. */
export async function insertTeamName(db: Db, teamId: TeamId, name: string, since: Date): Promise<number> {
  const { number } = await db
    .insertInto('teamName')
    .values((eb) => ({
      teamId,
      number: eb
        .selectFrom('teamName')
        .select((n) => n(n.fn.countAll<number>(), '+', 1).as('number'))
        .where('teamId', '=', teamId),
      name,
      since,
    }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export async function updateTeam(db: Db, id: TeamId, set: Partial<TeamSet>) {
  await db.updateTable('team').set(set).where('id', '=', id).execute();
}

interface TeamSet {
  name: string;
  nameKey: string;
  version: number;
  ownerMemberId: MemberId;
  nextOwnerMemberId: MemberId | null;
  claimedAt: Date;
  customerId: CustomerId;
}

/** A team's own row, as its rules need it. Read under the stream's lock where something is decided. */
/** The account that has a member's address, whether or not it has accepted. */
export async function findAccountOfAddress(db: Db, memberId: MemberId): Promise<AccountId | null> {
  const row = await db
    .selectFrom('member as m')
    .innerJoin('account as a', 'a.email', 'm.email')
    .select('a.id')
    .where('m.id', '=', memberId)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function findTeamRow(db: Db, id: TeamId) {
  return db
    .selectFrom('team as t')
    .leftJoin('customer as c', 'c.id', 't.customerId')
    .leftJoin('partner as p', 'p.id', 't.partnerId')
    .select([
      't.id',
      't.name',
      't.version',
      't.customerId',
      't.partnerId',
      't.ownerMemberId',
      't.nextOwnerMemberId',
      't.claimedAt',
      'c.name as customerName',
      'c.customerNumber',
      'c.language as customerLanguage',
      'p.name as partnerName',
    ])
    .where('t.id', '=', id)
    .executeTakeFirst();
}

/** A customer that the account may make teams for: its partner's agents and vendor staff. */
export async function findCustomerToServe(db: Db, customerId: CustomerId, caller: AccountCaller) {
  return db
    .selectFrom('customer as c')
    .select(['c.id', 'c.partnerId'])
    .where('c.id', '=', customerId)
    .where((eb) => eb.or([actsFor(caller, 'c.partnerId'), isStaff(caller)]))
    .executeTakeFirst();
}
