import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { AccountId, ApplicationId, ProductId, TeamId } from '../../../domain/id.ts';
import { isId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';

interface Searched {
  /** Products that are not this application's do not exist for it. */
  readonly applicationId: ApplicationId;
  readonly today: CalendarDate;
  readonly limit: number;
}

/** Licences that work today: the rule of `decideEntitlement` for whoever is an accepted member with a confirmed account. */
const WORKING_LICENCES = sql.raw(`
  licence l
  join subscription s on s.id = l.subscription_id
  join member m on m.id = l.member_id and m.state = 'accepted'
  join account a on a.id = m.account_id and a.email_verified
  join product p on p.id = l.product_id
  join application_product ap on ap.product_id = p.id`);

const workingFor = ({ applicationId, today }: Searched) =>
  sql`l.state = 'held' and s.ends_on + s.grace_days >= ${today}::date and ap.application_id = ${applicationId}`;

const nameOf = (alias: 'a' | 'p', other: 'email' | 'key', text: string) =>
  isId(alias === 'a' ? 'acc' : 'prod', text)
    ? sql`${sql.ref(`${alias}.id`)} = ${text}`
    : sql`${sql.ref(`${alias}.${other}`)} = ${other === 'email' ? text.toLowerCase() : text}`;

/** Accounts that may use a product in a team, by id, with the revision of the same moment; no row where there is no such team. */
export async function findUsers(
  db: Db,
  searched: Searched & { readonly product: string; readonly teamId: string; readonly after: string },
): Promise<{ revision: number; accountIds: readonly AccountId[] } | undefined> {
  const { product, teamId, after, limit } = searched;
  const { rows } = await sql<{ revision: number; accountIds: AccountId[] }>`
    select st.head as revision, array(
      select distinct m.account_id from ${WORKING_LICENCES}
       where s.team_id = t.id and ${workingFor(searched)} and ${nameOf('p', 'key', product)} and m.account_id > ${after}
       order by m.account_id limit ${limit}) as account_ids
      from team t join stream st on st.id = t.id where t.id = ${teamId}`.execute(db);
  return rows[0];
}

export interface UsableRow {
  readonly teamId: TeamId;
  readonly productId: ProductId;
  readonly productKey: string;
  /** Last calendar date on which it works without a renewal. */
  readonly until: CalendarDate;
}

/** Products that an account may use, each with its team, ordered by both. */
export async function listUsableProducts(
  db: Db,
  searched: Searched & {
    readonly account: string;
    readonly teamId: string | undefined;
    readonly afterTeam: string;
    readonly afterProduct: string;
  },
): Promise<UsableRow[]> {
  const { account, teamId = null, afterTeam, afterProduct, limit } = searched;
  const { rows } = await sql<UsableRow>`
    select m.team_id, p.id as product_id, p.key as product_key, max(s.ends_on + s.grace_days) as until
      from ${WORKING_LICENCES}
     where ${nameOf('a', 'email', account)} and s.team_id = m.team_id and ${workingFor(searched)}
       and (${teamId}::text is null or m.team_id = ${teamId})
       and (m.team_id, p.id) > (${afterTeam}, ${afterProduct})
     group by m.team_id, p.id, p.key order by m.team_id, p.id limit ${limit}`.execute(db);
  return rows;
}

/** The newest revision of a team. */
export async function findRevision(db: Db, teamId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('team as t')
    .innerJoin('stream as st', 'st.id', 't.id')
    .select('st.head')
    .where(sql<boolean>`t.id = ${teamId}`)
    .executeTakeFirst();
  return row?.head;
}
