import type { AccountId, CustomerId, LinkId, TeamId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { findLiveLink } from '../link/link.service.ts';
import { findMember, updateMember } from './member.queries.ts';
import { findTeamRow, updateTeam } from './team.queries.ts';

/** What the bearer of a team's link sees before it confirms anything: customer, partner and team by name. */
export async function teamForLink({ db }: Ground, teamId: TeamId) {
  const team = await findTeamRow(db, teamId);
  if (!team) throw new AppError('linkEnded');
  return {
    team: { id: team.id, name: team.name },
    customerName: team.customerName ?? '',
    customerNumber: team.customerNumber ?? '',
    partnerName: team.partnerName ?? '',
  };
}

/** The live link by which an unclaimed team's owner confirms it; undefined once it is claimed. */
export async function claimLinkOf(change: Change, teamId: TeamId): Promise<LinkId | undefined> {
  return (await findLiveLink(change.db, 'claimTeam', teamId))?.id;
}

/** Makes an unclaimed team its owner's, whose mailbox the link has proven. */
export async function claimTeam(
  change: Change,
  { teamId, accountId }: { teamId: TeamId; accountId: AccountId },
): Promise<{ teamId: TeamId }> {
  await lockStream(change.db, teamId);
  const team = await findTeamRow(change.db, teamId);
  const owner = team && (await findMember(change.db, teamId, team.ownerMemberId));
  if (!team || team.claimedAt || owner?.state !== 'invited') throw new AppError('linkEnded');
  await updateMember(change.db, owner.id, { state: 'accepted', accountId, acceptedAt: change.at });
  await updateTeam(change.db, teamId, { claimedAt: change.at });
  await change.record(teamId, 'teamClaimed', { ownerMemberId: owner.id });
  return { teamId };
}

export interface Joining {
  readonly teamId: TeamId;
  readonly customerId: CustomerId;
  /** The account whose mailbox the link has proven. */
  readonly accountId: AccountId;
}

/**
 * Makes a team without customer one of a customer's, by its owner's confirmation alone.
 *
 * Orders of that customer that wait for this team are the order feature's to match again, in the same change.
 *
 * @throws AppError `linkEnded` where the team has a customer by now or another owner.
 */
export async function joinCustomer(
  change: Change,
  { teamId, customerId, accountId }: Joining,
): Promise<{ teamId: TeamId }> {
  await lockStream(change.db, teamId);
  const team = await findTeamRow(change.db, teamId);
  const owner = team && (await findMember(change.db, teamId, team.ownerMemberId));
  if (!team || team.customerId || owner?.accountId !== accountId) throw new AppError('linkEnded');
  await updateTeam(change.db, teamId, { customerId });
  await change.record(teamId, 'teamJoinedCustomer', { customerId });
  return { teamId };
}
