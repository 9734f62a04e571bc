import type { Team } from '../../../contract/team.ts';
import type { MemberId, TeamId } from '../../../domain/id.ts';
import { decideHandOver } from '../../../domain/team.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { oweNotice } from '../notice/notice.service.ts';
import { findMember, updateMember } from './member.queries.ts';
import { requireRole } from './team.policy.ts';
import { findTeamRow, updateTeam } from './team.queries.ts';
import { readTeam } from './team.service.ts';

export interface OwnershipOffer {
  readonly teamId: TeamId;
  /** Whom it is offered to; null withdraws the offer. */
  readonly memberId: MemberId | null;
  readonly repeat: Repeat | undefined;
}

const refusals = {
  roleNotAllowed: 'forbidden',
  memberNotFound: 'memberUnknown',
  memberRemoved: 'memberUnknown',
  alreadyOwner: 'memberUnknown',
  externalRole: 'externalRole',
} as const;

/** Offers a team to one of its members. The owner stays owner until that member accepts. */
export async function offerOwnership(
  ground: Ground,
  caller: AccountCaller,
  { teamId, memberId, repeat }: OwnershipOffer,
): Promise<Team> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    await lockStream(change.db, teamId);
    const { role } = await requireRole(change.db, teamId, caller, 'ownership.offer');
    if (memberId) {
      const member = await findMember(change.db, teamId, memberId);
      const decision = decideHandOver(role, member);
      if (!decision.ok) throw new AppError(refusals[decision.reason]);
      if (member?.state !== 'accepted') throw new AppError('memberNotAccepted');
      await oweOwnership(change, { teamId, to: member.email, caller });
    }
    await updateTeam(change.db, teamId, { nextOwnerMemberId: memberId });
    await change.record(teamId, memberId ? 'ownershipOffered' : 'ownershipWithdrawn', memberId ? { memberId } : {});
    return readTeam(change.db, caller, teamId);
  });
}

async function oweOwnership(
  change: Change,
  { teamId, to, caller }: { teamId: TeamId; to: AccountCaller['email']; caller: AccountCaller },
): Promise<void> {
  const team = await findTeamRow(change.db, teamId);
  await oweNotice(change, {
    kind: 'ownershipOffered',
    to,
    language: caller.language,
    subjectId: teamId,
    payload: { teamName: team?.name ?? '', offeredByName: caller.name, path: `/teams/${teamId}` },
  });
}

/** Takes over a team that was offered to the caller. The former owner stays as administrator. */
export async function acceptOwnership(
  ground: Ground,
  caller: AccountCaller,
  { teamId, repeat }: { teamId: TeamId; repeat: Repeat | undefined },
): Promise<Team> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    await lockStream(change.db, teamId);
    const { memberId } = await requireRole(change.db, teamId, caller, 'team.read');
    const team = await findTeamRow(change.db, teamId);
    if (!team || team.nextOwnerMemberId !== memberId) throw new AppError('ownershipNotOffered');
    await updateMember(change.db, team.ownerMemberId, { role: 'administrator' });
    await updateMember(change.db, memberId, { role: 'owner' });
    await updateTeam(change.db, teamId, { ownerMemberId: memberId, nextOwnerMemberId: null });
    await change.record(teamId, 'ownershipHandedOver', { before: team.ownerMemberId, after: memberId });
    return readTeam(change.db, caller, teamId);
  });
}
