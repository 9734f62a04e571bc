import type { Entitlement, EntitlementMessage } from '../../../contract/entitlement.ts';
import { entitlementChange } from '../../../domain/entitlement-change.ts';
import type { TeamId } from '../../../domain/id.ts';
import type { DeviceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { EventSink, StreamMessage, StreamSender } from '../../platform/http/event-stream.ts';
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

/** With more teams than this an id would be longer than a header may be: their clients begin anew. */
const MOST_TEAMS_IN_ID = 200;

class EntitlementStream implements StreamSender {
  readonly #ground: Ground;
  readonly #caller: DeviceCaller;
  readonly #sink: EventSink;
  readonly #revisions: Revisions;
  /** What was said last, by team and product. */
  readonly #said = new Map<string, Entitlement>();
  /** The products of which something was said. */
  readonly #products = new Set<string>();
  readonly #teams = new Map<string, () => void>();
  readonly #stops: readonly (() => void)[];
  #today: string;

  constructor(ground: Ground, caller: DeviceCaller, { sink, lastEventId, dismiss }: Opening) {
    this.#ground = ground;
    this.#caller = caller;
    this.#sink = sink;
    this.#today = ground.feed.projection.today;
    // On another day the same revision may say something else.
    this.#revisions = parseRevisions(lastEventId?.startsWith(this.#today) ? lastEventId : undefined);
    this.#stops = [
      dismiss,
      ground.pulse.subscribe(caller.accountId, () => this.#lookAtTeams()),
      ground.pulse.subscribe(caller.tokenId, () => sink.close()),
    ];
    this.#lookAtTeams();
  }

  /** Without being sure of what is current it neither says anything nor beats. */
  beat(): boolean {
    const { feed } = this.#ground;
    if (!feed.isCurrent) return false;
    const { today } = feed.projection;
    if (today !== this.#today) {
      this.#today = today;
      this.#tell([...this.#teams.keys()].flatMap((teamId) => this.#changesOf(teamId)));
    }
    return true;
  }

  close(): void {
    for (const stop of [...this.#stops, ...this.#teams.values()]) stop();
  }

  /** Follows the teams of the account as they are now, and says what is new. */
  #lookAtTeams(): void {
    const { feed, pulse } = this.#ground;
    if (!feed.isCurrent) return;
    const teamIds = new Set<string>(feed.projection.teamIdsOf(this.#caller.accountId));
    const isFirst = this.#said.size === 0;
    const gone = [...this.#teams.keys()].filter((teamId) => !teamIds.has(teamId));
    const come = [...teamIds].filter((teamId) => !this.#teams.has(teamId));
    for (const teamId of gone) {
      this.#teams.get(teamId)?.();
      this.#teams.delete(teamId);
    }
    for (const teamId of come)
      this.#teams.set(
        teamId,
        pulse.subscribe(teamId, (beat) => this.#onTeam(beat)),
      );
    if (!isFirst && gone.length + come.length > 0) this.#sink.send({ event: 'teams', data: {} });
    this.#tell(
      [...teamIds].flatMap((teamId) => {
        // A client that resumes knows what a team was at its revision.
        const known = isFirst && this.#revisions.get(teamId) === feed.projection.revisionOf(teamId);
        const changes = this.#changesOf(teamId);
        return known ? [] : changes;
      }),
    );
  }

  #onTeam({ topic, accountIds }: Beat): void {
    if (!this.#ground.feed.isCurrent || (accountIds && !accountIds.has(this.#caller.accountId))) return;
    this.#tell(this.#changesOf(topic));
  }

  /** One id for all that is told at once, with the last of it: a client that has that one has them all. */
  #tell(changes: readonly StreamMessage[]): void {
    const hasId = this.#revisions.size <= MOST_TEAMS_IN_ID;
    for (const [index, message] of changes.entries()) {
      const id =
        hasId && index === changes.length - 1 ? `${this.#today},${formatRevisions(this.#revisions)}` : undefined;
      this.#sink.send(id === undefined ? message : { ...message, id });
    }
  }

  /** What a team says otherwise than before. */
  #changesOf(teamId: string): StreamMessage[] {
    const { projection } = this.#ground.feed;
    const rows = projection.catalogue.application(this.#caller.applicationId)?.productRows ?? [];
    const now = rows.map((row) => this.#entitlementOf(projection, teamId, row));
    this.#revisions.set(teamId, projection.revisionOf(teamId) ?? 0);
    return [...now, ...this.#withdrawn(teamId, now)].flatMap((entitlement) => {
      const key = `${teamId} ${entitlement.productId}`;
      const event = messageOf(this.#said.get(key), entitlement);
      this.#said.set(key, entitlement);
      return event ? [{ event, data: entitlement }] : [];
    });
  }

  /** What was said of products that the application has no more. */
  #withdrawn(teamId: string, now: readonly Entitlement[]): Entitlement[] {
    for (const { productId } of now) this.#products.add(productId);
    const left = [...this.#products].filter((productId) => !now.some((one) => one.productId === productId));
    return left.flatMap((productId) => {
      const one = this.#said.get(`${teamId} ${productId}`);
      return one ? [{ ...one, decision: false, reason: 'productUnknown', until: null }] : [];
    });
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
