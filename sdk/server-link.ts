import type { Answer } from './answer.ts';
import { readJson, readObject } from './answer.ts';
import type { Clock } from './clock.ts';
import { NamesakeError } from './namesake-error.ts';

/** As much of `fetch` as the SDK needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where requests go, and with what. */
export interface ServerLinkOptions {
  readonly server: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Hears the server's time with every answer to somebody signed in, in milliseconds since 1970. */
  readonly onTime?: (moment: number) => void;
}

/** What an OAuth endpoint answered, good or bad. */
export interface FormAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: Answer;
}

const answerWithinMs = 10_000;

/**
 * The requests to one server: each has a time limit, and each failure becomes a `NamesakeError`.
 *
 * No redirect is followed: a token and a device code go to the named server and nowhere else.
 */
export class ServerLink {
  readonly #server: string;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  readonly #onTime: (moment: number) => void;

  constructor({ server, fetch, clock, onTime = () => {} }: ServerLinkOptions) {
    this.#server = server.replace(/\/+$/, '');
    this.#fetch = fetch;
    this.#clock = clock;
    this.#onTime = onTime;
  }

  /**
   * Gets JSON as the bearer of the token.
   *
   * @throws NamesakeError `notSignedIn` when the token is no longer taken, `notFound`, `refused`, `unreachable`, `unreadable`
   */
  async get(path: string, token: string, signal: AbortSignal | undefined): Promise<unknown> {
    return await this.#within(answerWithinMs, signal, async (limited) => {
      const response = await this.#send(path, { headers: bearer(token), signal: limited });
      return readJson(await response.text());
    });
  }

  /**
   * Gets public JSON.
   *
   * @throws NamesakeError `notFound`, `refused`, `unreachable`, `unreadable`
   */
  async getJson(path: string): Promise<unknown> {
    return readJson(await this.getText(path, 'application/json'));
  }

  /**
   * Gets a public text of a media type.
   *
   * @throws NamesakeError `notFound`, `refused`, `unreachable`
   */
  async getText(path: string, accept: string): Promise<string> {
    return await this.#within(answerWithinMs, undefined, async (limited) => {
      const response = await this.#send(path, { headers: { accept }, signal: limited });
      return await response.text();
    });
  }

  /**
   * Posts JSON as the bearer of the token.
   *
   * @throws NamesakeError as `get`
   */
  async postJson(
    path: string,
    body: object,
    token: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    return await this.#within(answerWithinMs, undefined, async (limited) => {
      const init = { method: 'POST', body: JSON.stringify(body), signal: limited };
      const sent = { ...bearer(token), 'content-type': 'application/json', ...headers };
      const response = await this.#send(path, { ...init, headers: sent });
      return readJson(await response.text());
    });
  }

  /**
   * Posts a form to an OAuth endpoint, whose refusals (400 and 401) are answers, no errors.
   *
   * @throws NamesakeError `notFound`, `refused`, `unreachable`, `unreadable`
   */
  async post(
    path: string,
    form: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<FormAnswer> {
    return await this.#within(answerWithinMs, signal, async (limited) => {
      const body = new URLSearchParams(form);
      const init = { method: 'POST', body, headers: { accept: 'application/json' }, signal: limited };
      const response = await this.#fetchOnce(path, init);
      if (!response.ok && response.status !== 400 && response.status !== 401) throw await failure(response);
      const text = await response.text();
      return { ok: response.ok, status: response.status, body: text === '' ? {} : readObject(readJson(text)) };
    });
  }

  /**
   * Opens an event stream. It has no time limit here; the signal ends it.
   *
   * @param lastEventId Empty at first.
   * @throws NamesakeError as `get`
   */
  async stream(
    path: string,
    token: string,
    lastEventId: string,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    const resume = lastEventId === '' ? undefined : { 'last-event-id': lastEventId };
    const headers = { ...bearer(token), ...resume, accept: 'text/event-stream' };
    const response = await this.#send(path, { headers, signal, cache: 'no-store' });
    const type = response.headers.get('content-type') ?? '';
    if (response.body !== null && type.startsWith('text/event-stream')) return response.body;
    await response.body?.cancel();
    throw new NamesakeError('unreadable', {
      status: response.status,
      message: `Expected an event stream, got ${type}.`,
    });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetchOnce(path, init);
    // Only what was answered to this very request: a public answer may come from somebody's cache.
    const time = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(time) && new Headers(init.headers).has('authorization')) this.#onTime(time);
    if (response.ok) return response;
    throw await failure(response);
  }

  async #fetchOnce(path: string, init: RequestInit): Promise<Response> {
    return await this.#fetch(this.#server + path, { ...init, redirect: 'error' });
  }

  async #within<Result>(
    ms: number,
    outer: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    outer?.throwIfAborted();
    const limit = new AbortController();
    const passOn = () => limit.abort(outer?.reason);
    const callOff = this.#clock.after(ms, () => limit.abort(new NamesakeError('unreachable')));
    outer?.addEventListener('abort', passOn, { once: true });
    try {
      return await run(limit.signal);
    } catch (error) {
      outer?.throwIfAborted();
      throw unreachable(error);
    } finally {
      callOff();
      outer?.removeEventListener('abort', passOn);
    }
  }
}

/** Takes whatever `fetch` and its body throw as "the server does not answer". */
export function unreachable(cause: unknown): NamesakeError {
  return cause instanceof NamesakeError ? cause : new NamesakeError('unreachable', { cause });
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

async function failure(response: Response): Promise<NamesakeError> {
  const { status } = response;
  const problem = await readProblem(response);
  const text = problem.detail ?? problem.title;
  const details = {
    status,
    ...(typeof text === 'string' && { message: text }),
    ...(typeof problem.code === 'string' && { problemCode: problem.code }),
    ...(typeof problem.reason === 'string' && { reason: problem.reason }),
    ...retryAfter(response),
  };
  if (status === 401) return new NamesakeError('notSignedIn', details);
  if (status === 404) return new NamesakeError('notFound', details);
  const passing = status >= 500 || status === 408 || status === 425 || status === 429;
  return new NamesakeError(passing ? 'unreachable' : 'refused', details);
}

async function readProblem(response: Response): Promise<Answer> {
  try {
    return readObject(readJson(await response.text()));
  } catch {
    // A proxy's error page has no problem in it; the status says enough.
    return {};
  }
}

function retryAfter(response: Response): { retryAfterSeconds: number } | undefined {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return Number.isNaN(seconds) ? undefined : { retryAfterSeconds: seconds };
}
