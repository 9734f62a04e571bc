import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { AccountId, ApplicationId, LicenceId, ProductId, TeamId } from '../../../domain/id.ts';
import { isId } from '../../../domain/id.ts';
import type { MemberState } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';
import type { Prepared } from '../../db/prepared.ts';

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
  readonly memberState: MemberState | null;
  readonly licences: readonly LicenceRow[];
  readonly subscriptions: readonly TermRow[];
}

const LICENCES_OF_MEMBER = `
  (select coalesce(json_agg(json_build_object('licenceId', l.id, 'productId', l.product_id, 'state', l.state,
     'endsOn', s.ends_on, 'graceDays', s.grace_days, 'suspendedDays', s.suspended_days)), '[]')
     from licence l join subscription s on s.id = l.subscription_id where l.member_id = m.id)`;

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

export interface CheckedFacts {
  readonly accountConfirmed: boolean | null;
  readonly productId: ProductId | null;
  readonly team: TeamFacts | null;
}

export interface CheckedIds {
  /** An account's id or e-mail address. */
  readonly subject: string;
  /** A product's id or key. */
  readonly product: string;
  readonly teamId: string;
  /** The application that asks; products that are not its own do not exist for it. */
  readonly applicationId: ApplicationId;
}

/** One form for each way to name account and product, so that each is looked up by its own index. */
const checkBy = (account: 'id' | 'email', product: 'id' | 'key') => ({
  name: `check_by_${account}_and_${product}`,
  text: `
    select a.email_verified as "accountConfirmed", p.id as "productId",
           case when t.id is not null then json_build_object('teamId', t.id, 'teamName', t.name, 'revision', st.head,
             'memberState', m.state, 'licences', ${LICENCES_OF_MEMBER}, 'subscriptions', ${SUBSCRIPTIONS_OF_TEAM}) end as team
      from (select) one
      left join account a on a.${account} = $1
      left join (product p join application_product ap on ap.product_id = p.id and ap.application_id = $4)
        on p.${product} = $2
      left join (team t join stream st on st.id = t.id) on t.id = $3
      left join lateral (
        select id, state from (
          select id, state, 1 as rank from member where team_id = t.id and account_id = a.id and state = 'accepted'
          union all
          select id, state, case state when 'invited' then 2 else 3 end
            from member where team_id = t.id and email = a.email and state <> 'accepted') known
         order by rank, id desc limit 1) m on true`,
});

const checks = {
  id: { id: checkBy('id', 'id'), key: checkBy('id', 'key') },
  email: { id: checkBy('email', 'id'), key: checkBy('email', 'key') },
};

/** Everything that one check depends on, in one statement and so of one moment. */
export async function findCheckedFacts(
  prepared: Prepared,
  { subject, product, teamId, applicationId }: CheckedIds,
): Promise<CheckedFacts> {
  const by = checks[isId('acc', subject) ? 'id' : 'email'][isId('prod', product) ? 'id' : 'key'];
  const values = [isId('acc', subject) ? subject : subject.toLowerCase(), product, teamId, applicationId];
  const facts = await prepared.first<CheckedFacts>(by, values);
  return facts ?? { accountConfirmed: null, productId: null, team: null };
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
