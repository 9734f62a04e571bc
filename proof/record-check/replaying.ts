import type { RecordedEvent } from './recorded-event.ts';
import type { LicencePlace, Taken, TeamState } from './team-state.ts';

/** What the replay of one event works on. */
export interface Replaying {
  readonly team: TeamState;
  readonly event: RecordedEvent;
  readonly places: ReadonlyMap<string, LicencePlace>;
  /** The event's own text of this name. */
  text(name: string): string;
  /** Notes that the record contradicts a rule of the product, or itself. */
  fault(rule: number, what: string): void;
}

/** How events of each kind are replayed. */
export type Replay = Readonly<Record<string, (replaying: Replaying) => void>>;

/** One more mail is owed. */
export function owe({ team }: Replaying, kind: string, subjectId: string): void {
  const key = `${kind} ${subjectId}`;
  team.owed.set(key, (team.owed.get(key) ?? 0) + 1);
}

/** Everything that a member has, by licence. */
export function hadBy({ team }: Pick<Replaying, 'team'>, memberId: string): [string, Taken][] {
  return [...(team.byMember.get(memberId) ?? [])].flatMap((licenceId) => {
    const taken = team.taken.get(licenceId);
    return taken ? [[licenceId, taken]] : [];
  });
}

/** Puts a licence with somebody, whoever had it before. */
export function setTaken({ team }: Pick<Replaying, 'team'>, licenceId: string, taken: Taken | undefined): void {
  const before = team.taken.get(licenceId);
  if (before) team.byMember.get(before.memberId)?.delete(licenceId);
  if (!taken) return void team.taken.delete(licenceId);
  team.taken.set(licenceId, taken);
  const licences = team.byMember.get(taken.memberId) ?? new Set();
  team.byMember.set(taken.memberId, licences.add(licenceId));
}
