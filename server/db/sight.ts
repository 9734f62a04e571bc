import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { EmailAddress } from '../../domain/email-address.ts';
import type { AccountId } from '../../domain/id.ts';

// What an account has to do with at all, as conditions of the queries themselves. Policies say who of those may do what; a policy
// that is wrong shows nobody what belongs to another team, customer or partner.

/** An account that asks. */
export interface Viewer {
  readonly accountId: AccountId;
  readonly email: EmailAddress;
}

export const isStaff = ({ email }: Viewer): RawBuilder<boolean> =>
  sql<boolean>`exists (select from staff where staff.email = ${email})`;

/** The partners that the account acts for. A retired partner has no agents. */
const partnersOf = ({ email }: Viewer) => sql`
  (select ag.partner_id from agent ag join partner pt on pt.id = ag.partner_id where ag.email = ${email} and not pt.retired)`;

const teamsOf = ({ accountId }: Viewer) => sql`
  (select mine.team_id from member mine where mine.account_id = ${accountId} and mine.state = 'accepted')`;

/** Whether a partner, named by a column, is one that the account acts for. */
export const actsFor = (viewer: Viewer, partnerId: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(partnerId)} in ${partnersOf(viewer)}`;

/** Whether the account sees into a team, named by a column: its members, and vendor staff. */
export const seesInside = (viewer: Viewer, teamId: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(teamId)} in ${teamsOf(viewer)} or ${isStaff(viewer)})`;

/** {@link seesInside}, and the agents of the team's customer. */
export const seesTeam = (viewer: Viewer, teamId: string): RawBuilder<boolean> =>
  sql<boolean>`(${seesInside(viewer, teamId)} or ${sql.ref(teamId)} in (
    select sold.id from team sold join customer buyer on buyer.id = sold.customer_id
     where buyer.partner_id in ${partnersOf(viewer)}))`;

/** Whether the account is in a team of the customer, named by a column. */
export const buysFor = (viewer: Viewer, customerId: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(customerId)} in (
    select bought.customer_id from team bought
     where bought.customer_id is not null and bought.id in ${teamsOf(viewer)})`;

/** Whether a sale or customer, with its partner and customer in these columns, is one that the account has to do with. */
export const seesSale = (viewer: Viewer, columns: { partnerId: string; customerId: string }): RawBuilder<boolean> =>
  sql<boolean>`(${actsFor(viewer, columns.partnerId)} or ${buysFor(viewer, columns.customerId)} or ${isStaff(viewer)})`;
