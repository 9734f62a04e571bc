import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../contract/client.ts';
import { ApiError, createClient } from '../../contract/client.ts';

/** Calls that are repeated until they are answered, and how that went. */
export interface Caller {
  readonly calls: number;
  /** Tries that got no answer: cut off, or told that the database is away. */
  readonly unanswered: number;
  /** When a change was last acknowledged, by {@link performance.now}: its begin and its end. */
  readonly acknowledged: readonly { readonly beganAt: number; readonly endedAt: number }[];
  /** Answers that nobody should get: status 500. */
  readonly broken: readonly string[];
  /** The client of somebody who is signed in by this cookie; nobody without one. */
  clientOf(cookie?: string): Client;
  /**
   * Makes a call again and again, with the same key, until it is answered.
   *
   * @throws ApiError the refusal, or `offline` where nothing has answered for two minutes.
   */
  untilAnswered<T>(call: (idempotencyKey: string) => Promise<T>): Promise<T>;
}

const PATIENCE_MILLISECONDS = 120_000;
const PAUSE_MILLISECONDS = 60;
const SILENCE_MILLISECONDS = 40_000;
/** Whether an answer asks for another try: nothing has been decided. */
function isUndecided({ code, problem }: ApiError): boolean {
  const status = problem?.status ?? 503;
  return status >= 500 || status === 429 || code === 'idempotencyInProgress';
}

/** @param send How a request goes out; over the network unless something else is named. */
export function createCaller(baseUrl: string, send = overNetwork()): Caller {
  const acknowledged: { beganAt: number; endedAt: number }[] = [];
  const broken: string[] = [];
  const counts = { calls: 0, unanswered: 0 };
  return {
    get calls() {
      return counts.calls;
    },
    get unanswered() {
      return counts.unanswered;
    },
    acknowledged,
    broken,
    clientOf: (cookie) => createClient({ baseUrl, fetch: send, headers: () => cookieHeader(cookie) }),
    async untilAnswered(call) {
      const key = crypto.randomUUID();
      const deadline = performance.now() + PATIENCE_MILLISECONDS;
      counts.calls += 1;
      for (;;) {
        const beganAt = performance.now();
        const tried = await attempt(() => call(key));
        if ('answer' in tried) {
          acknowledged.push({ beganAt, endedAt: performance.now() });
          return tried.answer;
        }
        const { undecided } = tried;
        if (undecided.code === 'internalError') broken.push(String(undecided.stack));
        if (performance.now() > deadline) throw undecided;
        counts.unanswered += 1;
        await delay(PAUSE_MILLISECONDS);
      }
    },
  };
}

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
  await caller.untilAnswered(() => client.signIn({ body: { email, password: DEMO_PASSWORD } }));
  return cookies.map((value) => value.split(';')[0]).join('; ');
}
