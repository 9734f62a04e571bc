import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hono, Context as HonoContext } from 'hono';
import type { z } from 'zod';
import type { Access, BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf } from '../../../contract/endpoint.ts';
import { AppError, invalidField } from '../app-error.ts';
import type { Caller, Repeat } from '../caller.ts';
import type { Admission } from './admission.ts';
import type { Authentication, CallerOf } from './authenticate.ts';
import { authenticate } from './authenticate.ts';
import { parseJson, readBody } from './body.ts';
import type { BodyRoom } from './body-room.ts';
import { SMALL_BODY_BYTES } from './body-room.ts';
import { networkOf } from './client-address.ts';
import { pathOfUnstorable } from './storable-text.ts';

/** What a handler gets: the checked parts of the request. */
export interface RequestOf<E extends Endpoint> {
  readonly caller: CallerOf<E['access']>;
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** The bytes as they came, for an endpoint whose body is no JSON. */
  readonly bytes: Buffer;
  /** The version from `If-Match`, for an endpoint that demands it. */
  readonly ifMatch: number;
  /** The `Idempotency-Key` of a changing request, if one came. */
  readonly repeat: Repeat | undefined;
  /** Network address of the client. */
  readonly address: string;
  readonly headers: Headers;
  /** Adds a header to the answer. */
  setHeader(name: string, value: string): void;
}

export type Handler<E extends Endpoint> = (request: RequestOf<E>) => Promise<ResponseOf<E>>;

/** Gives an endpoint of the contract its handler. */
export type Route = <const E extends Endpoint>(endpoint: E, handler: Handler<E>, timing?: Timing) => void;

export interface Timing {
  /** Answers, refusals too, no sooner than so long after the handler began. Whoever waits for that keeps no place. */
  readonly evenMilliseconds: number;
}

export interface RouteOptions {
  readonly authentication: Authentication;
  readonly admission: Admission;
  /** Whether answers are held against their shape; in tests and development. */
  readonly checkResponses: boolean;
  readonly jsonLimitBytes: number;
  readonly fileLimitBytes: number;
  /** Shared by the bodies of those who are signed in; a stranger's is small. */
  readonly bodyRoom: BodyRoom;
  addressOf(c: HonoContext): string;
  /** With it what was asked becomes the hash by which a repeated request is known. */
  readonly repeatKey: Buffer;
}

/** Makes the function by which features register their handlers: guard, then handler, then answer. */
export function createRoute(app: Hono, options: RouteOptions): Route {
  return (endpoint, handler, timing) => {
    const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
    app.on(endpoint.method, path, async (c) => {
      const request = await guard(c, endpoint, options);
      // The guard has checked every part against the endpoint's own schemas, which is what the handler's type says.
      const work = () => handler(request as RequestOf<typeof endpoint>);
      const even = timing && delay(timing.evenMilliseconds);
      const answer = await options.admission
        .of(endpoint)
        .run(work, { who: callerKey(request.caller, request.address), begun: true })
        .finally(() => even);
      if (options.checkResponses) checkResponse(endpoint, answer);
      const etag = etagOf(answer);
      if (etag) c.header('etag', etag);
      // Answers are about one caller at one moment.
      c.header('cache-control', 'no-store');
      return c.json(answer as object, endpoint.status ?? 200);
    });
  };
}

async function guard(c: HonoContext, endpoint: Endpoint, options: RouteOptions): Promise<RequestOf<Endpoint>> {
  // A client that sends its body slowly has no place while it does so.
  const address = options.addressOf(c);
  const caller = await options.admission
    .of(endpoint)
    .run(() => authenticate(c, endpoint.access, options.authentication), { who: networkOf(address) });
  const params = checkParams(endpoint, c.req.param());
  const query = endpoint.query ? check(endpoint.query, c.req.query(), 'query') : {};
  const bounds = { limitBytes: limitOf(endpoint, options), room: options.bodyRoom };
  const bytes = endpoint.method === 'GET' ? Buffer.alloc(0) : await readBody(c.req.raw, bounds);
  const body = endpoint.body && !endpoint.bodyType ? check(endpoint.body, jsonOf(c, bytes), '') : undefined;
  return {
    caller: caller as CallerOf<Access>,
    params,
    query: query as object,
    body: body as undefined,
    bytes,
    ifMatch: endpoint.conditional ? versionOf(c.req.header('if-match')) : 0,
    repeat: endpoint.changes
      ? repeatOf(c, { caller, bytes, address, params, repeatKey: options.repeatKey })
      : undefined,
    address,
    headers: c.req.raw.headers,
    setHeader: (name, value) => c.header(name, value, { append: true }),
  };
}

/** Whoever is known queues as themselves, a stranger as a network. */
function callerKey(caller: Caller, address: string): string {
  if (caller.kind === 'nobody') return networkOf(address);
  return caller.kind === 'service' ? caller.applicationId : caller.accountId;
}

/** What strangers send are a few fields: nobody may make the server hold more without being known. */
function limitOf({ access, bodyType }: Endpoint, { jsonLimitBytes, fileLimitBytes }: RouteOptions): number {
  if (access === 'public' || access === 'link') return SMALL_BODY_BYTES;
  return bodyType ? fileLimitBytes : jsonLimitBytes;
}

/** An id that is none at all is answered like one that does not exist. */
function checkParams(endpoint: Endpoint, given: Record<string, string>): Record<string, unknown> {
  if (!endpoint.params) return {};
  const result = endpoint.params.safeParse(given);
  if (!result.success) throw new AppError(endpoint.access === 'link' ? 'linkUnknown' : 'notFound');
  return result.data;
}

function jsonOf(c: HonoContext, bytes: Buffer): unknown {
  const type = c.req.header('content-type');
  if (bytes.length > 0 && !/^application\/json\b/i.test(type ?? '')) throw new AppError('unsupportedMediaType');
  return parseJson(bytes);
}

function check(schema: z.ZodType, value: unknown, prefix: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return requireStorable(result.data, prefix);
  const fields = result.error.issues.slice(0, 20).map(({ path, message }) => ({
    path: [prefix, ...path.map(String)].filter(Boolean).join('.'),
    message,
  }));
  throw new AppError('invalidRequest', { fields });
}

function requireStorable(data: unknown, prefix: string): unknown {
  const path = pathOfUnstorable(data);
  if (path) throw invalidField([prefix, ...path].filter(Boolean).join('.'), 'holds what is no character');
  return data;
}

/** Reads the version out of an `If-Match` of the form `"3"` (RFC 9110 section 13.1.1). */
function versionOf(header: string | undefined): number {
  if (header === undefined) throw new AppError('preconditionRequired');
  const version = /^"(\d{1,10})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new AppError('versionChanged', { detail: 'The If-Match header names no version.' });
  return Number(version);
}

/** The ETag of what people edit: its version, which a change must name in `If-Match`. */
function etagOf(answer: unknown): string | undefined {
  const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined;
  return typeof version === 'number' ? `"${version}"` : undefined;
}

interface Asked {
  readonly caller: Caller;
  readonly bytes: Buffer;
  readonly address: string;
  readonly params: Record<string, unknown>;
  readonly repeatKey: Buffer;
}

/** The hash takes the server's key: a body may hold a password, which nobody with the table shall be able to try out. */
function repeatOf(c: HonoContext, { caller, bytes, address, params, repeatKey }: Asked): Repeat | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new AppError('invalidRequest', {
      fields: [{ path: 'Idempotency-Key', message: 'expected 1 to 255 characters' }],
    });
  }
  const scope = caller.kind === 'account' ? caller.accountId : String(params.linkId ?? `address:${address}`);
  const hash = createHmac('sha256', repeatKey)
    .update(`${c.req.method} ${c.req.path}\n${c.req.header('if-match') ?? ''}\n`)
    .update(bytes);
  return { scope, key, hash: hash.digest() };
}

function checkResponse(endpoint: Endpoint, answer: unknown): void {
  const result = endpoint.response.safeParse(answer);
  if (!result.success) {
    throw new Error(`The answer of ${endpoint.method} ${endpoint.path} is off its shape: ${result.error.message}`);
  }
}
