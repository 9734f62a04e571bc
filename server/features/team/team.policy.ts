import type { TeamId } from '../../../domain/id.ts';
import type { Action, ActorKind } from '../../../domain/permission.ts';
import { may } from '../../../domain/permission.ts';
import type { TeamRole } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { TeamStanding } from './team.queries.ts';
import { findStanding } from './team.queries.ts';

function actorKinds({ role, staff, agent }: TeamStanding): ActorKind[] {
  return [
    ...(role ? [role] : []),
    ...(staff ? (['vendorStaff'] as const) : []),
    ...(agent ? (['agent'] as const) : []),
  ];
}

/** Whether somebody who stands so to a team may do something there. */
export function mayInTeam(standing: TeamStanding, action: Action): boolean {
  return actorKinds(standing).some((kind) => may(kind, action));
}

/**
 * The caller's standing in a team, where it allows the action.
 *
 * @throws AppError `notFound` for a team that is none of the caller's, `forbidden` for a role that is too small.
 */
export async function requireInTeam(
  db: Db,
  teamId: TeamId,
  caller: AccountCaller,
  action: Action,
): Promise<TeamStanding> {
  const standing = await findStanding(db, teamId, caller);
  if (!standing) throw new AppError('notFound');
  if (!mayInTeam(standing, action)) throw new AppError('forbidden');
  return standing;
}

/** {@link requireInTeam} for what only members do: the role is there. */
export async function requireRole(
  db: Db,
  teamId: TeamId,
  caller: AccountCaller,
  action: Action,
): Promise<TeamStanding & { readonly role: TeamRole; readonly memberId: NonNullable<TeamStanding['memberId']> }> {
  const standing = await requireInTeam(db, teamId, caller, action);
  const { role, memberId } = standing;
  if (!role || !memberId) throw new AppError('forbidden');
  return { ...standing, role, memberId };
}
