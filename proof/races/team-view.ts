import type { LicenceId, MemberId } from '../../domain/id.ts';
import type { Ground } from '../../server/platform/ground.ts';
import type { RaceTeam } from './world.ts';

/** What one process believes of a team: near enough to aim by, and often overtaken by the others. */
export class TeamView {
  readonly holders = new Map<LicenceId, MemberId>();
  readonly holding = new Map<MemberId, LicenceId>();
  readonly states = new Map<MemberId, string>();
  readonly roles = new Map<MemberId, string>();
  /** The newest revision that this process has heard of, and the newest that it has acknowledged itself. */
  seen = 0;
  own = 0;

  set(licence: LicenceId, member: MemberId | null): void {
    const before = this.holders.get(licence);
    if (before) this.holding.delete(before);
    if (member === null) this.holders.delete(licence);
    else {
      this.holders.set(licence, member);
      this.holding.set(member, licence);
    }
  }

  acknowledged(revision: number): void {
    this.own = Math.max(this.own, revision);
    this.seen = Math.max(this.seen, revision);
  }
}

/** Looks at all teams anew. */
export async function lookAt(ground: Ground, teams: readonly RaceTeam[], views: readonly TeamView[]): Promise<void> {
  const ids = teams.map(({ teamId }) => teamId);
  const members = await ground.db
    .selectFrom('member')
    .select(['id', 'teamId', 'state', 'role'])
    .where('teamId', 'in', ids)
    .execute();
  const licences = await ground.db
    .selectFrom('licence')
    .select(['id', 'teamId', 'memberId'])
    .where('teamId', 'in', ids)
    .where('memberId', 'is not', null)
    .execute();
  const places = new Map(ids.map((id, index) => [id, views[index]]));
  for (const view of views) {
    view.holders.clear();
    view.holding.clear();
  }
  for (const { id, teamId, state, role } of members) {
    places.get(teamId)?.states.set(id, state);
    places.get(teamId)?.roles.set(id, role);
  }
  for (const { id, teamId, memberId } of licences) places.get(teamId)?.set(id, memberId);
}
