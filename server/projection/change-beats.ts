import type { Beat } from '../platform/pulse.ts';
import type { ChangedEvent, Changes } from './projection.queries.ts';

/** Events that concern those whom they name and nobody else in the team. */
const PERSONAL = /^(licence|reservation|member|invitation)/;
/** Events after which an account may be in other teams than before. */
const MEMBERSHIP = new Set([
  'teamMade',
  'teamClaimed',
  'teamOwnerCorrected',
  'memberInvited',
  'memberAccepted',
  'memberRemoved',
]);

/** Whether products, applications or service keys changed. */
export function concernsCatalogue({ events }: Changes): boolean {
  return events.some(({ streamId, kind }) => streamId === 'vendor' && /^(product|application)/.test(kind));
}

/** What open streams are told: each stream that changed once, the accounts whose teams did, the tokens that ended. */
export function beatsOf({ events, standings }: Changes): Beat[] {
  const byStream = Map.groupBy(events, ({ streamId }) => streamId);
  const byTeam = Map.groupBy(standings, ({ teamId }) => teamId);
  const beats = [...byStream].map(([topic, changed]): Beat => {
    const revision = changed.at(-1)?.number ?? 0;
    if (!changed.every(({ kind }) => PERSONAL.test(kind))) return { topic, revision };
    return { topic, revision, accountIds: new Set((byTeam.get(topic) ?? []).map(({ accountId }) => accountId)) };
  });
  return [...beats, ...membershipBeats(byStream, standings), ...endedTokens(events)];
}

function membershipBeats(
  byStream: ReadonlyMap<string, readonly ChangedEvent[]>,
  standings: Changes['standings'],
): Beat[] {
  const moved = new Set<string>();
  for (const [teamId, events] of byStream) if (events.some(({ kind }) => MEMBERSHIP.has(kind))) moved.add(teamId);
  // A standing of a team without an event is that of an account that changed.
  const concerned = standings.filter(({ teamId }) => moved.has(teamId) || !byStream.has(teamId));
  return [...new Set(concerned.map(({ accountId }) => accountId))].map((topic) => ({ topic, revision: 0 }));
}

const endedTokens = (events: readonly ChangedEvent[]): Beat[] =>
  events.flatMap(({ tokenId }) => (tokenId ? [{ topic: tokenId, revision: 0 }] : []));
