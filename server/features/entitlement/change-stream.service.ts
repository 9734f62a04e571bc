import type { TeamMessage } from '../../../contract/entitlement.ts';
import type { TeamId } from '../../../domain/id.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { EventSink, StreamSender } from '../../platform/http/event-stream.ts';
import type { Beat } from '../../platform/pulse.ts';
import { receiptTopic, teamOfReceiptTopic } from '../receipt/receipt.service.ts';
import { listTeamHeads } from './change-stream.queries.ts';
import { formatRevisions, parseRevisions } from './revisions.ts';
import { SaleWatch } from './sale-watch.ts';

/** What changed since the sender last looked. Many changes of one thing while it looks away count as one. */
class Dirty {
  readonly topics = new Map<string, number>();
  whole = false;
  #running = false;
  #stopped = false;

  /** Works until nothing is dirty; one run at a time, so that messages keep their order. */
  async drain(work: () => Promise<void>): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (!this.#stopped && (this.whole || this.topics.size > 0)) await work();
    } finally {
      this.#running = false;
    }
  }

  takeWhole(): boolean {
    const whole = this.whole;
    this.whole = false;
    return whole;
  }

  takeTopics(): [string, number][] {
    const taken = [...this.topics];
    this.topics.clear();
    return taken;
  }

  stop(): void {
    this.#stopped = true;
  }
}

export interface Opening {
  readonly sink: EventSink;
  readonly lastEventId: string | undefined;
  /** Counts the stream out again. */
  readonly dismiss: () => void;
}

/** Tells a portal page which teams, and which customers' sales, changed; the page reads again what it shows of them. */
export function streamChanges(
  ground: Ground,
  caller: AccountCaller,
  { sink, lastEventId, dismiss }: Opening,
): StreamSender {
  const { db, pulse } = ground;
  const dirty = new Dirty();
  const revisions = parseRevisions(lastEventId);
  const resumed = revisions.size > 0;
  const listening = new Map<string, () => void>();
  const sales = new SaleWatch(ground, caller, {
    tell: (data) => sink.send({ event: 'sale', data }),
    tellNotices: () => sink.send({ event: 'notice', data: {} }),
    fail: (error) => giveUp(ground, sink, error),
  });

  const onBeat = ({ topic, revision }: Beat) => {
    dirty.topics.set(topic, revision);
    wake();
  };
  const look = async () => {
    if (dirty.takeWhole()) await lookAtTeams();
    for (const [topic, revision] of dirty.takeTopics()) {
      const receiptTeam = teamOfReceiptTopic(topic);
      // Any other topic is the id of a team.
      if (receiptTeam) sink.send({ event: 'receipt', data: { teamId: receiptTeam } });
      else tellTeam({ teamId: topic as TeamId, revision });
    }
  };
  const lookAtTeams = async () => {
    const heads = await listTeamHeads(db, caller.accountId);
    const topics = heads.flatMap(({ teamId }) => [teamId, receiptTopic(teamId)]);
    follow(listening, topics, (topic) => pulse.subscribe(topic, onBeat));
    for (const head of heads) {
      if (!(resumed || revisions.has(head.teamId))) revisions.set(head.teamId, head.revision);
      tellTeam(head);
    }
    sink.send({ event: 'teams', data: {}, id: formatRevisions(revisions) });
  };
  const tellTeam = ({ teamId, revision }: TeamMessage) => {
    if ((revisions.get(teamId) ?? -1) >= revision) return;
    revisions.set(teamId, revision);
    sink.send({ event: 'team', data: { teamId, revision }, id: formatRevisions(revisions) });
  };
  const wake = () => void dirty.drain(look).catch((error: unknown) => giveUp(ground, sink, error));
  const wakeWhole = () => {
    dirty.whole = true;
    wake();
    sales.lookAnew();
  };
  const stop = pulse.subscribe(caller.accountId, wakeWhole);
  wakeWhole();
  return {
    beat: () => true,
    close() {
      dismiss();
      dirty.stop();
      sales.stop();
      for (const each of [stop, ...listening.values()]) each();
    },
  };
}

/** Listens to exactly these topics from now on. */
function follow(
  listening: Map<string, () => void>,
  topics: readonly string[],
  listen: (topic: string) => () => void,
): void {
  const wanted = new Set(topics);
  for (const [topic, stop] of listening) {
    if (wanted.has(topic)) continue;
    stop();
    listening.delete(topic);
  }
  for (const topic of wanted) if (!listening.has(topic)) listening.set(topic, listen(topic));
}

/** A stream that could not read the state ends; its client comes again and starts from what is true then. */
function giveUp({ log }: Ground, sink: EventSink, error: unknown): void {
  log.error('stream ended', error);
  sink.close();
}
