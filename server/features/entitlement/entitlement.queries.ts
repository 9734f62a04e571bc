import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { AccountId, ApplicationId, LicenceId, ProductId, TeamId } from '../../../domain/id.ts';
import type { MemberState } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';

interface TermRow {
  readonly productId: ProductId;
  readonly endsOn: CalendarDate;
  readonly graceDays: number;
  readonly suspendedDays: number;
}

interface LicenceRow extends TermRow {
  readonly licenceId: LicenceId;
  readonly state: 'held' | 'reserved';
}

/** What a team says about one person, in every product. */
export interface TeamFacts {
  readonly teamId: TeamId;
  readonly teamName: string;
  readonly revision: number;
  readonly memberState: MemberState;
  readonly licences: readonly LicenceRow[];
  readonly subscriptions: readonly TermRow[];
}

const LICENCES_OF_MEMBER = `
  (select coalesce(json_agg(json_build_object('licenceId', l.id, 'productId', l.product_id, 'state', l.state,
     'endsOn', s.ends_on, 'graceDays', s.grace_days, 'suspendedDays', s.suspended_days)), '[]')
     from taken_licence l join subscription s on s.id = l.subscription_id where l.member_id = m.id)`;

const SUBSCRIPTIONS_OF_TEAM = `
  (select coalesce(json_agg(json_build_object('productId', s.product_id, 'endsOn', s.ends_on,
     'graceDays', s.grace_days, 'suspendedDays', s.suspended_days)), '[]')
     from subscription s where s.team_id = t.id)`;

/**
 * The facts of every team that an account is a member of, or is invited to, in one statement and so of one moment.
 *
 * The revision is read in the same snapshot as the licences: what is answered is exactly what that revision left.
 */
export async function listTeamFacts(db: Db, accountId: AccountId, teamId?: TeamId): Promise<TeamFacts[]> {
  const { rows } = await sql<TeamFacts>`
    select t.id as team_id, t.name as team_name, st.head as revision, m.state as member_state,
           ${sql.raw(LICENCES_OF_MEMBER)} as licences, ${sql.raw(SUBSCRIPTIONS_OF_TEAM)} as subscriptions
      from account a
      join member m on (m.account_id = a.id and m.state = 'accepted') or (m.email = a.email and m.state = 'invited')
      join team t on t.id = m.team_id
      join stream st on st.id = t.id
     where a.id = ${accountId} and (${teamId ?? null}::text is null or t.id = ${teamId ?? null})
     order by t.name, t.id
  `.execute(db);
  return rows;
}

export interface ProductRow {
  readonly id: ProductId;
  readonly key: string;
  readonly name: string;
}

/** The products that people hold licences of; those of one application, or all. */
export async function listLicensedProducts(db: Db, applicationId?: ApplicationId): Promise<ProductRow[]> {
  let query = db
    .selectFrom('product as p')
    .select(['p.id', 'p.key', 'p.name'])
    .where('p.kind', '=', 'namedLicence')
    .orderBy('p.key');
  if (applicationId) {
    query = query
      .innerJoin('applicationProduct as ap', 'ap.productId', 'p.id')
      .where('ap.applicationId', '=', applicationId);
  }
  return query.execute();
}

/** Name and address of an account, as its own applications may show them. */
export async function getAccountShown(db: Db, accountId: AccountId) {
  return db
    .selectFrom('account')
    .select(['id', 'name', 'email', 'language'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
}
