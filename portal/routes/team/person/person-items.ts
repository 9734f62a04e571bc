import type { Member } from '../../../../contract/team.ts';
import type { TeamStanding } from '../team-standing.ts';

/** What somebody may do with a person of the team. */
export interface PersonItems {
  readonly moves: boolean;
  readonly roles: readonly Exclude<Member['role'], 'owner'>[];
  /** An open invitation, to send again or to withdraw. */
  readonly invitation: boolean;
  readonly removes: boolean;
  readonly leaves: boolean;
  readonly offersOwnership: boolean;
}

const roles = ['administrator', 'licenceManager', 'member'] as const;

export function personItems(member: Member, standing: TeamStanding): PersonItems {
  const isMe = member.id === standing.memberId;
  const isOwner = member.role === 'owner';
  const managesThem = standing.managesPeople && !isOwner;
  const isInvited = member.state === 'invited';
  return {
    moves: standing.managesLicences,
    roles: managesThem && !member.external ? roles.filter((role) => role !== member.role) : [],
    invitation: managesThem && isInvited,
    removes: managesThem && !isInvited && !isMe,
    leaves: isMe && !isOwner,
    offersOwnership: standing.isOwner && !isOwner && !isInvited && !member.external,
  };
}
