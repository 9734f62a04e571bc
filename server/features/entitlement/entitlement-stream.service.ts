import type { Entitlement, EntitlementMessage } from '../../../contract/entitlement.ts';
import { entitlementChange } from '../../../domain/entitlement-change.ts';
import type { TeamId } from '../../../domain/id.ts';
import type { DeviceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { EventSink, StreamSender } from '../../platform/http/event-stream.ts';
import type { Beat } from '../../platform/pulse.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Opening } from './change-stream.service.ts';
import type { Revisions } from './revisions.ts';
import { formatRevisions, parseRevisions } from './revisions.ts';

/**
 * Tells a signed-in application what it may do: its entitlements at once, then each as it changes.
 *
 * Everything comes from the projection, which is brought up to date before streams are told, so a change costs no
 * query however many streams are open.
 */
export function streamEntitlements(ground: Ground, caller: DeviceCaller, opening: Opening): StreamSender {
  return new EntitlementStream(ground, caller, opening);
}

class EntitlementStream implements StreamSender {
  readonly #ground: Ground;
  readonly #caller: DeviceCaller;
  readonly #sink: EventSink;
  readonly #revisions: Revisions;
  /** What was said last, by team and product. */
  readonly #said = new Map<string, Entitlement>();
  readonly #teams = new Map<string, () => void>();
  readonly #stops: readonly (() => void)[];
  #today: string;

  constructor(ground: Ground, caller: DeviceCaller, { sink, lastEventId, dismiss }: Opening) {
    this.#ground = ground;
    this.#caller = caller;
    this.#sink = sink;
    this.#revisions = parseRevisions(lastEventId);
    this.#today = ground.feed.projection.today;
    this.#stops = [
      dismiss,
      ground.pulse.subscribe(caller.accountId, () => this.#lookAtTeams()),
      ground.pulse.subscribe(caller.tokenId, () => sink.close()),
    ];
    this.#lookAtTeams();
  }

  beat(): boolean {
    const { feed } = this.#ground;
    const { today } = feed.projection;
    if (today !== this.#today) {
      this.#today = today;
      for (const teamId of this.#teams.keys()) this.#lookAt(teamId);
    }
    return feed.isCurrent;
  }

  close(): void {
    for (const stop of [...this.#stops, ...this.#teams.values()]) stop();
  }

  /** Follows the teams of the account as they are now, and says what is new. */
  #lookAtTeams(): void {
    const { projection } = this.#ground.feed;
    const teamIds = new Set<string>(projection.teamIdsOf(this.#caller.accountId));
    const resumed = new Set(this.#teams.size === 0 ? this.#revisions.keys() : []);
    let changed = false;
    for (const [teamId, stop] of this.#teams) {
      if (teamIds.has(teamId)) continue;
      stop();
      this.#teams.delete(teamId);
      changed = true;
    }
    for (const teamId of teamIds) {
      if (this.#teams.has(teamId)) continue;
      changed = changed || this.#said.size > 0;
      this.#teams.set(
        teamId,
        this.#ground.pulse.subscribe(teamId, (beat) => this.#onTeam(beat)),
      );
    }
    if (changed) this.#sink.send({ event: 'teams', data: {} });
    for (const teamId of teamIds) {
      // A client that resumes knows what a team was at its revision.
      const known = resumed.has(teamId) && this.#revisions.get(teamId) === projection.revisionOf(teamId);
      this.#lookAt(teamId, known);
    }
  }

  #onTeam({ topic, accountIds }: Beat): void {
    if (!accountIds || accountIds.includes(this.#caller.accountId)) this.#lookAt(topic);
  }

  /** Says what a team says otherwise than before. */
  #lookAt(teamId: string, known = false): void {
    const { projection } = this.#ground.feed;
    const rows = projection.catalogue.application(this.#caller.applicationId)?.productRows ?? [];
    for (const row of rows) {
      const now = this.#entitlementOf(projection, teamId, row);
      const key = `${teamId} ${now.productId}`;
      const message = messageOf(this.#said.get(key), now);
      this.#said.set(key, now);
      this.#revisions.set(teamId, now.revision);
      if (message && !known) this.#sink.send({ event: message, data: now, id: formatRevisions(this.#revisions) });
    }
  }

  #entitlementOf(projection: Projection, teamId: string, productRow: number): Entitlement {
    const team = projection.findTeam(teamId);
    const { decision, reason, until, revision } = projection.decideRows(
      projection.findAccount(this.#caller.accountId),
      productRow,
      team,
    );
    const product = projection.catalogue.productAt(productRow);
    return {
      // Read from the account's own memberships.
      teamId: teamId as TeamId,
      teamName: projection.teams.names[team] ?? '',
      productId: product.id,
      productKey: product.key,
      productName: product.name,
      decision,
      reason,
      until,
      revision: revision ?? 0,
    };
  }
}

/** What the message about a change is called; undefined where there is nothing to tell. */
function messageOf(before: Entitlement | undefined, now: Entitlement): EntitlementMessage | undefined {
  if (!before) return 'entitlement';
  const change = entitlementChange(before, now);
  if (change !== undefined) return change === 'changed' ? 'entitlement' : change;
  return before.teamName === now.teamName && before.productName === now.productName ? undefined : 'entitlement';
}
