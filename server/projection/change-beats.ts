import type { Beat } from '../platform/pulse.ts';
import type { ChangedEvent, Changes } from './projection.queries.ts';

/** Events that concern those whom they name and nobody else in the team. */
const PERSONAL = /^(licence|reservation|member|invitation)/;
/** Events after which an account may be in other teams than before. */
const MEMBERSHIP = new Set(['teamMade', 'teamClaimed', 'memberAccepted', 'memberRemoved']);

/** Whether products, applications or service keys changed. */
export function concernsCatalogue({ events }: Changes): boolean {
  return events.some(({ streamId, kind }) => streamId === 'vendor' && /^(product|application)/.test(kind));
}

/** What open streams are told: each stream that changed once, the accounts whose teams did, the tokens that ended. */
export function beatsOf({ events, standings }: Changes): Beat[] {
  const byStream = Map.groupBy(events, ({ streamId }) => streamId);
  const beats = [...byStream].map(([topic, changed]): Beat => {
    const revision = changed.at(-1)?.number ?? 0;
    if (!changed.every(({ kind }) => PERSONAL.test(kind))) return { topic, revision };
    const accountIds = standings.filter(({ teamId }) => teamId === topic).map(({ accountId }) => accountId);
    return { topic, revision, accountIds };
  });
  return [...beats, ...membershipBeats(byStream, standings), ...endedTokens(events)];
}

function membershipBeats(
  byStream: ReadonlyMap<string, readonly ChangedEvent[]>,
  standings: Changes['standings'],
): Beat[] {
  const accountIds = standings
    .filter(({ teamId }) => byStream.get(teamId)?.some(({ kind }) => MEMBERSHIP.has(kind)) ?? true)
    .map(({ accountId }) => accountId);
  return [...new Set(accountIds)].map((topic) => ({ topic, revision: 0 }));
}

const endedTokens = (events: readonly ChangedEvent[]): Beat[] =>
  events.flatMap(({ tokenId }) => (tokenId ? [{ topic: tokenId, revision: 0 }] : []));
