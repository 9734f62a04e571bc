import type { RecordedEvent } from './recorded-event.ts';
import { textIn } from './recorded-event.ts';
import { replayLicence } from './replay-licence.ts';
import { replayMember } from './replay-member.ts';
import { replaySubscription } from './replay-subscription.ts';
import { replayTeam } from './replay-team.ts';
import type { Replay } from './replaying.ts';
import type { LicencePlace, TeamState } from './team-state.ts';

const replays: Replay = { ...replayTeam, ...replayMember, ...replayLicence, ...replaySubscription };

/** Takes one event into a team's state, and answers what it contradicts. */
export function replayEvent(
  team: TeamState,
  event: RecordedEvent,
  places: ReadonlyMap<string, LicencePlace>,
): string[] {
  const faults: string[] = [];
  const fault = (rule: number, what: string) =>
    void faults.push(`rule ${rule}: ${team.id} event ${event.number} (${event.kind}): ${what}`);
  const { unfinished } = team;
  if (unfinished && unfinished.transaction !== event.transaction) {
    fault(11, `comes while ${unfinished.what} of an earlier transaction is not finished`);
    team.unfinished = undefined;
  }
  if (!team.made && event.kind !== 'teamMade') fault(11, 'comes before the team was made');
  const replay = replays[event.kind];
  if (replay) replay({ team, event, places, fault, text: (name) => textIn(event, name) });
  else fault(11, 'is of no kind that belongs to a team');
  return faults;
}
