import type { Team } from '../../../contract/team.ts';
import type { Action } from '../../../domain/permission.ts';
import { may } from '../../../domain/permission.ts';

/** What whoever looks at a team may do there; the server judges again. */
export interface TeamStanding {
  /** The caller's own member row; undefined for staff and agents. */
  readonly memberId: string | undefined;
  readonly isOwner: boolean;
  readonly seesPeople: boolean;
  /** Sees who has which licence. */
  readonly seesLicences: boolean;
  readonly managesPeople: boolean;
  readonly managesLicences: boolean;
  readonly renames: boolean;
}

export function standingIn({ mine, claimed }: Pick<Team, 'mine' | 'claimed'>, isStaff: boolean): TeamStanding {
  const can = (action: Action) => (mine !== null && may(mine.role, action)) || (isStaff && may('vendorStaff', action));
  return {
    memberId: mine?.memberId,
    isOwner: mine?.role === 'owner',
    seesPeople: can('member.read'),
    seesLicences: can('licence.read') && (mine === null || mine.role !== 'member'),
    managesPeople: claimed && can('member.invite'),
    managesLicences: claimed && can('licence.give'),
    renames: can('team.rename'),
  };
}
