import type { ProductId } from '../../domain/id.ts';
import { NO_ROW } from './id-table.ts';
import { idWords, readId } from './id-words.ts';
import { membershipStates } from './membership-table.ts';
import type { ChangedStanding, ChangedTeam, Changes } from './projection.queries.ts';
import type { Projection } from './projection.ts';

/**
 * Brings a projection to the moment of the changes.
 *
 * Rows come as they stand, not as a difference, so what is applied twice does no harm.
 */
export function applyChanges(projection: Projection, { teams, accounts, standings }: Changes): void {
  for (const team of teams) applyTeam(projection, team);
  for (const { id, email, confirmed } of accounts) {
    if (readId(id, 'acc_'.length)) projection.accounts.put(idWords, confirmed, Buffer.from(email));
  }
  for (const standing of standings) applyStanding(projection, standing);
}

function applyTeam({ teams, subscriptions, catalogue }: Projection, team: ChangedTeam): void {
  if (!readId(team.id, 'team_'.length)) return;
  const row = teams.put(idWords, team.name, team.revision);
  for (const { id, productId, ...terms } of team.subscriptions) {
    // Written by the database from a product's row.
    const product = catalogue.rowOf(productId as ProductId);
    if (readId(id, 'sub_'.length)) subscriptions.put(idWords, teams, row, { ...terms, product });
  }
}

function applyStanding(projection: Projection, { accountId, teamId, state, subscriptionIds }: ChangedStanding): void {
  const { accounts, teams, subscriptions, memberships } = projection;
  const account = readId(accountId, 'acc_'.length) ? accounts.ids.find(idWords) : NO_ROW;
  const team = readId(teamId, 'team_'.length) ? teams.ids.find(idWords) : NO_ROW;
  if (account === NO_ROW || team === NO_ROW) return;
  const membership = memberships.add(accounts, account, team);
  memberships.state[membership] = membershipStates.indexOf(state ?? 'none');
  memberships.clearLicences(membership);
  for (const id of subscriptionIds) {
    const subscription = readId(id, 'sub_'.length) ? subscriptions.ids.find(idWords) : NO_ROW;
    if (subscription !== NO_ROW) memberships.addLicence(membership, subscription);
  }
}
