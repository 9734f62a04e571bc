import type { Member } from '../../../contract/team.ts';
import type { MemberId, TeamId } from '../../../domain/id.ts';
import type { TeamRole } from '../../../domain/team.ts';
import { decideRemoval, decideRoleChange } from '../../../domain/team.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { releaseLicences } from '../licence/holder.service.ts';
import { endLink } from '../link/link.service.ts';
import type { MemberPage, MemberRow } from './member.queries.ts';
import { findMember, listMemberRows, updateMember } from './member.queries.ts';
import { requireInTeam, requireRole } from './team.policy.ts';
import { findTeamRow, updateTeam } from './team.queries.ts';

export async function listMembers(
  { db }: Ground,
  caller: AccountCaller,
  { teamId, query }: { teamId: TeamId; query: Omit<MemberPage, 'teamId'> },
): Promise<{ items: Member[]; next: string | null }> {
  await requireInTeam(db, teamId, caller, 'member.read');
  const rows = await listMemberRows(db, caller, { ...query, teamId });
  const items = rows.slice(0, query.limit).map(presentMember);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

export function presentMember(row: MemberRow): Member {
  return {
    id: row.id,
    accountId: row.accountId,
    name: row.name ?? row.email,
    email: row.email,
    role: row.role,
    state: row.state,
    external: row.external,
    invitedAt: row.invitedAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    invitationEndsOn: row.state === 'invited' ? row.invitationEndsOn : null,
  };
}

/** The member as it is after a change. */
export async function readMember({ db }: Pick<Change, 'db'>, teamId: TeamId, memberId: MemberId): Promise<Member> {
  const row = await findMember(db, teamId, memberId);
  if (!row) throw new AppError('notFound');
  return presentMember(row);
}

export interface RoleChange {
  readonly teamId: TeamId;
  readonly memberId: MemberId;
  readonly role: TeamRole;
}

const roleRefusals = {
  memberNotFound: 'notFound',
  memberRemoved: 'notFound',
  roleNotAllowed: 'roleNotGrantable',
  ownerRoleFixed: 'ownerCannotLeave',
  externalRole: 'externalRole',
} as const;

export async function changeRole(
  ground: Ground,
  caller: AccountCaller,
  { teamId, memberId, role }: RoleChange,
): Promise<Member> {
  return transact(ground, { actor: actorOf(caller) }, async (change) => {
    await lockStream(change.db, teamId);
    const actor = await requireRole(change.db, teamId, caller, 'member.changeRole');
    const decision = decideRoleChange(actor.role, await findMember(change.db, teamId, memberId), role);
    if (!decision.ok && decision.reason !== 'roleUnchanged') throw new AppError(roleRefusals[decision.reason]);
    if (decision.ok) {
      await updateMember(change.db, memberId, { role });
      await change.record(teamId, 'memberRoleChanged', { memberId, ...decision.value });
    }
    return readMember(change, teamId, memberId);
  });
}

const removalRefusals = {
  memberNotFound: 'notFound',
  memberRemoved: 'notFound',
  roleNotAllowed: 'forbidden',
  ownerStays: 'ownerCannotLeave',
} as const;

/** Removes a member, withdraws an invitation, or lets the caller leave. The licences come free in the same transaction. */
export async function removeMember(
  ground: Ground,
  caller: AccountCaller,
  { teamId, memberId }: { teamId: TeamId; memberId: MemberId },
): Promise<{ revision: number }> {
  return transact(ground, { actor: actorOf(caller) }, async (change) => {
    await lockStream(change.db, teamId);
    const actor = await requireRole(change.db, teamId, caller, 'team.read');
    const decision = decideRemoval(
      { id: actor.memberId, role: actor.role },
      await findMember(change.db, teamId, memberId),
    );
    if (!decision.ok) throw new AppError(removalRefusals[decision.reason]);
    return {
      revision: await dropMember(change, { teamId, memberId, because: decision.value.left ? 'left' : 'removed' }),
    };
  });
}

/** Takes a member out of its team, under the team's lock: licences, reservation, open link and offered ownership go with it. */
export async function dropMember(
  change: Change,
  {
    teamId,
    memberId,
    because,
  }: { teamId: TeamId; memberId: MemberId; because: 'removed' | 'left' | 'invitationEnded' },
): Promise<number> {
  const member = await findMember(change.db, teamId, memberId);
  if (!member) throw new AppError('notFound');
  await releaseLicences(change, { teamId, memberId, because });
  await updateMember(change.db, memberId, { state: 'removed', removedAt: change.at });
  await endLink(change, 'invitation', memberId);
  const team = await findTeamRow(change.db, teamId);
  if (team?.nextOwnerMemberId === memberId) await updateTeam(change.db, teamId, { nextOwnerMemberId: null });
  return change.record(teamId, 'memberRemoved', { memberId, stateBefore: member.state, because });
}
