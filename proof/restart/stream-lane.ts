import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from '../../server/tests/harness/stream-parser.ts';
import type { Tally } from './lanes.ts';

/** Somebody's page: one stream after the other, each from where the last one ended. */
export interface StreamLane {
  /** How often a stream ended and another was opened. */
  readonly resumed: number;
  /** The newest revision of a team that it was told. */
  revisionOf(teamId: string): number;
  stop(): Promise<void>;
}

export function followStream(url: string, cookie: string, tally: Tally): StreamLane {
  const ending = new AbortController();
  const revisions = new Map<string, number>();
  let lastId: string | undefined;
  let opened = 0;
  const readOne = async () => {
    const headers = { cookie, accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) };
    const answer = await tally.ask('stream', () => fetch(`${url}/v1/me/stream`, { headers, signal: ending.signal }));
    if (!answer?.body) return;
    opened += 1;
    const parse = createParser();
    for await (const chunk of answer.body) {
      for (const { event, id, data } of parse(chunk)) {
        lastId = id ?? lastId;
        if (event === 'team') revisions.set(String(data.teamId), Number(data.revision));
      }
    }
  };
  const running = (async () => {
    while (!ending.signal.aborted) {
      // A stream that breaks off in the middle is resumed as one that ends is.
      await readOne().catch(() => {});
      if (!ending.signal.aborted) await delay(20);
    }
  })();
  return {
    get resumed() {
      return Math.max(0, opened - 1);
    },
    revisionOf: (teamId) => revisions.get(teamId) ?? 0,
    async stop() {
      ending.abort();
      await running;
    },
  };
}
