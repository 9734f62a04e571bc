import type { Agent, IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { Chance } from '../chance.ts';
import { isUnheard } from '../unheard.ts';

/** A request of the mix, as it goes over the wire. */
export interface Call {
  readonly kind: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What is wrong with the text of an answer that came in time. */
  readonly complaintAbout?: (text: string) => string | undefined;
  /** Told how it came out, and what was answered. */
  readonly ended?: (fate: Fate, text: string) => void;
}

/**
 * What became of a call: `done`; `refused` for a reason that the product knows, such as a licence that somebody else took;
 * `shed` for want of room, with the moment to come again; `broken` for anything else, silence included.
 */
export type Fate = 'done' | 'refused' | 'shed' | 'broken';

export interface Answered {
  readonly kind: string;
  readonly fate: Fate;
  /** When it was due, in milliseconds since the beginning. */
  readonly dueAt: number;
  /** By how many milliseconds it was sent too late: the machine could not keep up with sending. */
  readonly late: number;
  /** Milliseconds from when it was due to the last byte of the answer. */
  readonly took: number;
  /** What was broken about it. */
  readonly complaint?: string;
}

export interface Loop {
  readonly url: string;
  readonly agent: Agent;
  readonly chance: Chance;
  readonly next: () => Call;
}

/** Silence for so long is no answer. */
const SILENCE_MILLISECONDS = 15_000;

/**
 * Sends calls at a rate that does not depend on the answers: people do not wait for one another. The gaps between them are left to
 * chance (a Poisson process), and each call counts from when it was due, so a server that stalls is charged for all who wait meanwhile.
 *
 * @param note Told of each answer as it comes; all have come when this is over.
 */
export async function sendAtRate(
  loop: Loop,
  { perSecond, milliseconds }: { perSecond: number; milliseconds: number },
  note: (answered: Answered) => void,
): Promise<void> {
  const began = performance.now();
  let underWay = 0;
  let dueAt = gap(loop.chance, perSecond);
  while (dueAt < milliseconds || underWay > 0) {
    const now = performance.now() - began;
    for (; dueAt <= now && dueAt < milliseconds; dueAt += gap(loop.chance, perSecond)) {
      underWay += 1;
      void send(loop, loop.next(), { began, dueAt }).then((one) => {
        underWay -= 1;
        note(one);
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const gap = (chance: Chance, perSecond: number): number => (-Math.log(1 - chance.unit()) / perSecond) * 1000;

/** Keeps so many calls under way all the time; answers how many were done a second. */
export async function sendClosed(loop: Loop, atOnce: number, milliseconds: number): Promise<number> {
  const began = performance.now();
  let done = 0;
  const work = async () => {
    while (performance.now() - began < milliseconds) {
      const { fate } = await send(loop, loop.next(), { began, dueAt: performance.now() - began });
      if (fate === 'done' || fate === 'refused') done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return done / ((performance.now() - began) / 1000);
}

interface Timing {
  readonly began: number;
  readonly dueAt: number;
}

function send(loop: Loop, call: Call, { began, dueAt }: Timing): Promise<Answered> {
  const { url, agent } = loop;
  const { kind, method, path, headers, body } = call;
  const late = performance.now() - began - dueAt;
  return new Promise((resolve) => {
    let text = '';
    const end = (fate: Fate, complaint?: string) => {
      call.ended?.(fate, text);
      resolve({
        kind,
        fate,
        dueAt,
        late,
        took: performance.now() - began - dueAt,
        ...(complaint !== undefined && { complaint: `${method} ${path}: ${complaint}` }),
      });
    };
    const length =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const out = request(url + path, { agent, method, headers: { ...headers, ...length } }, (answer) => {
      answer.setEncoding('utf8').on('data', (part: string) => {
        if (call.ended || call.complaintAbout) text += part;
      });
      answer.once('end', () => end(...judge(answer, () => call.complaintAbout?.(text))));
      answer.once('error', (error) => end('broken', error.message));
    });
    out.setTimeout(SILENCE_MILLISECONDS, () => out.destroy(new Error('no answer')));
    out.once('error', (error) => {
      if (isUnheard(out, error)) resolve(send(loop, call, { began, dueAt }));
      else end('broken', error.message);
    });
    out.end(body);
  });
}

function judge(
  { statusCode = 0, headers }: IncomingMessage,
  findComplaint: () => string | undefined,
): [fate: Fate, complaint?: string] {
  if (statusCode < 400) {
    const complaint = findComplaint();
    return complaint === undefined ? ['done'] : ['broken', complaint];
  }
  if (statusCode === 429 || statusCode === 503) {
    return /^\d+$/.test(headers['retry-after'] ?? '') ? ['shed'] : ['broken', `${statusCode} without Retry-After`];
  }
  return statusCode < 500 ? ['refused'] : ['broken', `status ${statusCode}`];
}
