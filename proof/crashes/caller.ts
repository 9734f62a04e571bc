import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../contract/client.ts';
import { ApiError, createClient } from '../../contract/client.ts';

/** Calls that are repeated until they are answered, and how that went. */
export interface Caller {
  readonly calls: number;
  /** Tries that got no answer: cut off, or told that the database is away. */
  readonly unanswered: number;
  /** When a change was last acknowledged, by {@link performance.now}: its begin and its end. */
  readonly acknowledged: readonly { readonly beganAt: number; readonly endedAt: number }[];
  /** Answers that nobody should get: status 500, or one that is no problem document. */
  readonly broken: readonly string[];
  /** Changes that were asked for once more with their key after they had been answered. */
  readonly repeated: number;
  /** What was answered otherwise the second time. */
  readonly unlike: readonly string[];
  /** The client of somebody who is signed in by this cookie; nobody without one. */
  clientOf(cookie?: string): Client;
  /**
   * Makes a change again and again, with the same key, until it is answered.
   *
   * Now and then one that was answered long before is asked for once more: whatever broke meanwhile, the answer is the same.
   *
   * @throws ApiError the refusal, or `offline` where nothing has answered for two minutes.
   */
  untilAnswered<T>(call: (idempotencyKey: string) => Promise<T>): Promise<T>;
  /** Asks again and again for something that changes nothing. */
  untilTold<T>(call: () => Promise<T>): Promise<T>;
  /** Repeats the answered changes that are still kept. */
  repeatRest(): Promise<void>;
}

const PATIENCE_MILLISECONDS = 120_000;
const PAUSE_MILLISECONDS = 60;
const SILENCE_MILLISECONDS = 40_000;
/** Every so many changes an older one is repeated, when so many have been answered after it. */
const REPEATS_EVERY = 5;
const KEPT_CHANGES = 25;
/** Whether an answer asks for another try: nothing has been decided. */
function isUndecided({ code, problem }: ApiError): boolean {
  const status = problem?.status ?? 503;
  return status >= 500 || status === 429 || code === 'idempotencyInProgress';
}

/** @param send How a request goes out; over the network unless something else is named. */
export function createCaller(baseUrl: string, send = overNetwork()): Caller {
  return new PatientCaller(baseUrl, send);
}

interface AnsweredChange {
  readonly again: () => Promise<unknown>;
  readonly answer: unknown;
}

class PatientCaller implements Caller {
  calls = 0;
  unanswered = 0;
  repeated = 0;
  readonly acknowledged: { beganAt: number; endedAt: number }[] = [];
  readonly broken: string[] = [];
  readonly unlike: string[] = [];
  /** The oldest first. */
  readonly #answered: AnsweredChange[] = [];
  readonly #baseUrl: string;
  readonly #send: ReturnType<typeof overNetwork>;

  constructor(baseUrl: string, send: ReturnType<typeof overNetwork>) {
    this.#baseUrl = baseUrl;
    this.#send = send;
  }

  clientOf(cookie?: string): Client {
    return createClient({ baseUrl: this.#baseUrl, fetch: this.#send, headers: () => cookieHeader(cookie) });
  }

  async untilAnswered<T>(call: (idempotencyKey: string) => Promise<T>): Promise<T> {
    this.calls += 1;
    if (this.calls % REPEATS_EVERY === 0 && this.#answered.length > KEPT_CHANGES) await this.#repeatOldest();
    const key = crypto.randomUUID();
    const again = () => call(key);
    const answer = await this.#insist(again, (times) => this.acknowledged.push(times));
    this.#answered.push({ again, answer });
    return answer;
  }

  untilTold<T>(call: () => Promise<T>): Promise<T> {
    return this.#insist(call, () => {});
  }

  async repeatRest(): Promise<void> {
    while (this.#answered.length > 0) await this.#repeatOldest();
  }

  async #repeatOldest(): Promise<void> {
    const oldest = this.#answered.shift();
    if (!oldest) return;
    this.repeated += 1;
    const answer = await this.#insist(oldest.again, () => {}).catch((error: unknown) => String(error));
    if (isDeepStrictEqual(answer, oldest.answer)) return;
    const [first, second] = [oldest.answer, answer].map((told) => JSON.stringify(told));
    this.unlike.push(`${first} was answered, and when it was repeated ${second}`);
  }

  async #insist<T>(
    call: () => Promise<T>,
    acknowledge: (times: { beganAt: number; endedAt: number }) => void,
  ): Promise<T> {
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const beganAt = performance.now();
      const tried = await attempt(call);
      if ('answer' in tried) {
        acknowledge({ beganAt, endedAt: performance.now() });
        return tried.answer;
      }
      const { undecided } = tried;
      if (isBroken(undecided)) this.broken.push(String(undecided.stack));
      if (performance.now() > deadline) throw undecided;
      this.unanswered += 1;
      await delay(PAUSE_MILLISECONDS);
    }
  }
}

/** What is in between hands bytes on: whatever was answered came from a server, and without a cause it had nothing to say. */
const isBroken = ({ code, problem, cause }: ApiError): boolean =>
  code === 'internalError' || (problem === undefined && cause === undefined);

function overNetwork() {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  return (url: string, init: RequestInit): Promise<Response> => fetchOver(agent, url, init);
}

/** @throws whatever was decided and is no yes. */
async function attempt<T>(call: () => Promise<T>): Promise<{ answer: T } | { undecided: ApiError }> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (error instanceof ApiError && isUndecided(error)) return { undecided: error };
    throw error;
  }
}

const cookieHeader = (cookie: string | undefined): Record<string, string> => (cookie ? { cookie } : {});

/**
 * `fetch` as far as the client needs it, over `node:http`: it can name a host other than the one that it connects to, and
 * tells at once when a connection breaks.
 */
export function fetchOver(agent: Agent, url: string, { method, headers, body }: RequestInit): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const sent = request(
    url,
    { agent, method: method ?? 'GET', headers: headers as Record<string, string>, timeout: SILENCE_MILLISECONDS },
    (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('close', () => !answer.complete && reject(new Error('the answer was cut off')));
      answer.on('end', () => {
        const setCookies = (answer.headers['set-cookie'] ?? []).map((value): [string, string] => ['set-cookie', value]);
        const init = { status: answer.statusCode ?? 0, headers: [...setCookies, ...retryAfterOf(answer.headers)] };
        resolve(new Response(Buffer.concat(chunks).toString('utf8') || null, init));
      });
    },
  );
  sent.on('timeout', () => sent.destroy(new Error('no answer')));
  sent.on('error', reject);
  // The client sends text or nothing.
  sent.end(body as string | undefined);
  return promise;
}

const retryAfterOf = (headers: { 'retry-after'?: string | undefined }): [string, string][] =>
  headers['retry-after'] === undefined ? [] : [['retry-after', headers['retry-after']]];

const DEMO_PASSWORD = 'namesake-demo';

/** Signs one of the demo's people in, over and over until it is answered. @returns The cookie. */
export async function signIn(caller: Caller, baseUrl: string, email: string): Promise<string> {
  const agent = new Agent();
  let cookies: string[] = [];
  // The typed client shows no headers.
  const client = createClient({
    baseUrl,
    fetch: async (url, init) => {
      const response = await fetchOver(agent, url, init);
      cookies = response.headers.getSetCookie();
      return response;
    },
  });
  await caller.untilTold(() => client.signIn({ body: { email, password: DEMO_PASSWORD } }));
  return cookies.map((value) => value.split(';')[0]).join('; ');
}
