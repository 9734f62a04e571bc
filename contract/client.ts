import type { CallOf, Endpoint, ResponseOf } from './endpoint.ts';
import type { Endpoints, OperationName } from './endpoints.ts';
import { endpoints } from './endpoints.ts';
import type { Problem } from './problem.ts';

/** A problem that the server answered with, or `offline` when no answer came at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem | undefined;

  constructor(message: string, problem?: Problem, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }

  /** The problem's code, or `offline`. */
  get code(): Problem['code'] | 'offline' {
    return this.problem?.code ?? 'offline';
  }
}

type Call<E extends Endpoint> =
  Record<string, never> extends CallOf<E>
    ? (call?: CallOf<E>) => Promise<ResponseOf<E>>
    : (call: CallOf<E>) => Promise<ResponseOf<E>>;

/** One typed function for each operation of the API. */
export type Client = { readonly [K in OperationName]: Call<Endpoints[K]> };

export interface ClientOptions {
  /** Origin of the server; empty for the page's own. */
  readonly baseUrl?: string;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Headers that every request carries, such as `Authorization`. */
  readonly headers?: () => Record<string, string>;
  /** Makes the `Idempotency-Key` of a changing call that names none. */
  readonly newKey?: () => string;
}

interface AnyCall {
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly [param: string]: unknown;
}

/**
 * Makes the typed client of the API.
 *
 * Its functions throw an {@link ApiError} for every answer outside 2xx.
 */
export function createClient(options: ClientOptions = {}): Client {
  const calls = Object.entries(endpoints).map(([name, endpoint]) => [
    name,
    (call: AnyCall = {}) => send(endpoint, call, options),
  ]);
  // The table's entries become the functions of the same names; Object.fromEntries cannot say so.
  return Object.fromEntries(calls) as Client;
}

async function send(endpoint: Endpoint, call: AnyCall, options: ClientOptions): Promise<unknown> {
  const url = (options.baseUrl ?? '') + pathOf(endpoint, call) + queryOf(call.query);
  const response = await deliver(url, requestOf(endpoint, call, options), options);
  const text = await response.text();
  const body: unknown = text === '' ? {} : parse(text);
  if (response.ok) return body;
  // Every error of the API is a problem document; anything else comes from something in between.
  const problem = isProblem(body) ? body : undefined;
  throw new ApiError(problem?.title ?? `The server answered ${response.status}.`, problem);
}

async function deliver(url: string, init: RequestInit, options: ClientOptions): Promise<Response> {
  const doFetch = options.fetch ?? ((to: string, how: RequestInit) => fetch(to, how));
  try {
    return await doFetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError('The server cannot be reached.', undefined, { cause });
  }
}

function pathOf(endpoint: Endpoint, call: AnyCall): string {
  return endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(call[name])));
}

function queryOf(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

function requestOf(endpoint: Endpoint, call: AnyCall, options: ClientOptions): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() };
  if (call.ifMatch !== undefined) headers['if-match'] = `"${call.ifMatch}"`;
  if (endpoint.changes) {
    headers['idempotency-key'] = call.idempotencyKey ?? options.newKey?.() ?? crypto.randomUUID();
  }
  const init: RequestInit = { method: endpoint.method, headers };
  if (call.signal) init.signal = call.signal;
  if (call.body !== undefined) {
    headers['content-type'] = endpoint.bodyType ?? 'application/json';
    // A body of another media type is handed over as the bytes it is.
    init.body = endpoint.bodyType ? (call.body as Uint8Array<ArrayBuffer> | Blob) : JSON.stringify(call.body);
  }
  return init;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}
