import type { CalendarDate } from './calendar-date.ts';
import { addDays } from './calendar-date.ts';
import type { Decision } from './decision.ts';
import { granted, refused } from './decision.ts';
import type { MemberId } from './id.ts';

/** The roles of a team's members, from the one that may most. */
export const teamRoles = ['owner', 'administrator', 'licenceManager', 'member'] as const;

export type TeamRole = (typeof teamRoles)[number];

/** The states of a member. The row of somebody removed stays, marked, because the record names it. */
export const memberStates = ['invited', 'accepted', 'removed'] as const;

export type MemberState = (typeof memberStates)[number];

/** A member as the rules see it. */
export type Member = {
  readonly id: MemberId;
  readonly role: TeamRole;
  readonly state: MemberState;
  readonly external: boolean;
};

/** Invitations, and licences reserved for whom they invite, last so many days. */
export const invitationDays = 14;

/** The last day on which an invitation, or a reservation, made today holds. */
export const invitationEndsOn = (today: CalendarDate): CalendarDate => addDays(today, invitationDays);

/** How many teams of one owner have free storage. */
export const teamsWithFreeStorage = 3;

export type InviteRefusal = 'roleNotAllowed' | 'externalRole' | 'alreadyMember' | 'alreadyInvited';

/** What an invitation asks for. The role `owner` is never invited: ownership is offered to a member. */
export type Invitation = { readonly role: TeamRole; readonly external: boolean };

const managesPeople = (role: TeamRole): boolean => role === 'owner' || role === 'administrator';

/**
 * Decides whether somebody may be invited.
 *
 * Somebody removed may be invited again; that row comes to life with the new role.
 *
 * @param actor The role of who invites.
 * @param known The member that already stands for the address in this team.
 */
export const decideInvite = (
  actor: TeamRole,
  invitation: Invitation,
  known: Pick<Member, 'state'> | undefined,
): Decision<{ readonly again: boolean }, InviteRefusal> => {
  if (!managesPeople(actor) || invitation.role === 'owner') return refused('roleNotAllowed');
  if (invitation.external && invitation.role !== 'member') return refused('externalRole');
  if (known?.state === 'accepted') return refused('alreadyMember');
  if (known?.state === 'invited') return refused('alreadyInvited');
  return granted({ again: known !== undefined });
};

export type RoleChangeRefusal =
  | 'memberNotFound'
  | 'memberRemoved'
  | 'roleNotAllowed'
  | 'ownerRoleFixed'
  | 'externalRole'
  | 'roleUnchanged';

/**
 * Decides whether a member gets another role.
 *
 * Owner and administrators appoint; a licence manager appoints nobody. The owner's role changes
 * only by handing over, so that a team always has exactly one.
 */
export const decideRoleChange = (
  actor: TeamRole,
  member: Member | undefined,
  role: TeamRole,
): Decision<{ readonly before: TeamRole; readonly after: TeamRole }, RoleChangeRefusal> => {
  if (!managesPeople(actor)) return refused('roleNotAllowed');
  if (member === undefined) return refused('memberNotFound');
  if (member.state === 'removed') return refused('memberRemoved');
  if (member.role === 'owner' || role === 'owner') return refused('ownerRoleFixed');
  if (member.external && role !== 'member') return refused('externalRole');
  if (member.role === role) return refused('roleUnchanged');
  return granted({ before: member.role, after: role });
};

export type RemovalRefusal = 'memberNotFound' | 'memberRemoved' | 'roleNotAllowed' | 'ownerStays';

/**
 * Decides whether a member leaves the team or is removed from it.
 *
 * Everybody may leave but the owner, who stays until a new one has accepted; so an owner whose
 * successor is still invited stays as well. Removing others is for owner and administrators.
 *
 * @param actor Who asks: its role and its own member row, to tell leaving from removing.
 */
export const decideRemoval = (
  actor: Pick<Member, 'id' | 'role'>,
  member: Member | undefined,
): Decision<{ readonly left: boolean }, RemovalRefusal> => {
  const left = member?.id === actor.id;
  if (!left && !managesPeople(actor.role)) return refused('roleNotAllowed');
  if (member === undefined) return refused('memberNotFound');
  if (member.state === 'removed') return refused('memberRemoved');
  if (member.role === 'owner') return refused('ownerStays');
  return granted({ left });
};

export type HandOverRefusal = 'roleNotAllowed' | 'memberNotFound' | 'memberRemoved' | 'alreadyOwner' | 'externalRole';

/**
 * Decides whether the owner offers the team to a member. Nothing changes until that member accepts;
 * then the old owner stays as administrator.
 */
export const decideHandOver = (
  actor: TeamRole,
  member: Member | undefined,
): Decision<{ readonly offeredTo: MemberId }, HandOverRefusal> => {
  if (actor !== 'owner') return refused('roleNotAllowed');
  if (member === undefined) return refused('memberNotFound');
  if (member.state === 'removed') return refused('memberRemoved');
  if (member.role === 'owner') return refused('alreadyOwner');
  if (member.external) return refused('externalRole');
  return granted({ offeredTo: member.id });
};

export type AcceptanceRefusal = 'memberNotFound' | 'memberRemoved' | 'alreadyAccepted' | 'invitationExpired';

/**
 * Decides whether an invitation is accepted.
 *
 * An owner's invitation never runs out: the team would be left with nobody who can claim it.
 *
 * @param invitation The last day on which it holds, and the calendar date of acceptance.
 */
export const decideAcceptance = (
  member: Member | undefined,
  invitation: { readonly endsOn: CalendarDate; readonly today: CalendarDate },
): Decision<{ readonly claims: boolean }, AcceptanceRefusal> => {
  if (member === undefined) return refused('memberNotFound');
  if (member.state === 'removed') return refused('memberRemoved');
  if (member.state === 'accepted') return refused('alreadyAccepted');
  const claims = member.role === 'owner';
  if (!claims && invitation.today > invitation.endsOn) return refused('invitationExpired');
  return granted({ claims });
};
