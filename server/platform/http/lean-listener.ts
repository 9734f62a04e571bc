import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { whenReady } from '../when-ready.ts';
import { tooLarge } from './body.ts';
import type { HeldRoom } from './body-room.ts';
import { SMALL_BODY_BYTES } from './body-room.ts';
import { clientOf } from './client-address.ts';
import { problemAnswer } from './errors.ts';
import type { LeanAnswer, LeanOptions, LeanRoute } from './lean-route.ts';
import { admit, answerBytes } from './lean-route.ts';
import { requestIdOf } from './request-id.ts';
import { API_HEADERS } from './security-headers.ts';
import { drain } from './unread-content.ts';

interface Exchange {
  readonly route: LeanRoute;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: LeanOptions;
}

/** Serves lean routes on the socket itself and hands everything else, other methods of their paths included, to the next listener. */
export function leanListener(
  routes: readonly LeanRoute[],
  options: LeanOptions,
  next: RequestListener,
): RequestListener {
  const byPath = new Map(routes.map((route) => [route.endpoint.path, route]));
  return (request, response) => {
    const route = request.method === 'POST' ? byPath.get(request.url ?? '') : undefined;
    if (route) serve({ route, request, response, options });
    else next(request, response);
  };
}

function serve(exchange: Exchange): void {
  const { route, request, options } = exchange;
  const { host, authorization, 'content-type': contentType, dpop } = request.headers;
  // Node.js joins a header that came twice into one text; only for some of its own it makes a list.
  const head = { host, authorization, contentType, dpop: dpop?.toString() };
  attempt(exchange, () => whenReady(admit(route, head, options), (answer) => read(exchange, answer)));
}

/** Runs a step of the exchange; what it throws, now or later, becomes the answer. */
function attempt(exchange: Exchange, step: () => unknown): void {
  try {
    const done = step();
    if (done instanceof Promise) done.catch((error: unknown) => fail(exchange, error));
  } catch (error) {
    fail(exchange, error);
  }
}

/** Reads the body, counting as it comes, and answers it. */
function read(exchange: Exchange, answer: LeanAnswer): void {
  const { request, route, options } = exchange;
  if (Number(request.headers['content-length'] ?? 0) > route.limitBytes) throw tooLarge(route.limitBytes);
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let size = 0;
  let held: HeldRoom | undefined;
  const grow = () => {
    if (size > route.limitBytes) throw tooLarge(route.limitBytes);
    if (size <= SMALL_BODY_BYTES) return;
    if (!held) request.once('close', () => held?.free());
    held ??= options.bodyRoom.open();
    held.grow(size);
  };
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    try {
      grow();
    } catch (error) {
      request.off('data', onData).off('end', onEnd);
      first = more = undefined;
      fail(exchange, error);
      return;
    }
    if (!first) first = chunk;
    else if (more) more.push(chunk);
    else more = [first, chunk];
  };
  const onEnd = () => {
    const bytes = more ? Buffer.concat(more, size) : (first ?? Buffer.alloc(0));
    attempt(exchange, () => whenReady(answerBytes(answer, bytes), (text) => succeed(exchange, text)));
  };
  request.on('data', onData).on('end', onEnd);
}

const ANSWER_HEADERS = [
  ...['content-type', 'application/json', 'cache-control', 'no-store'],
  ...Object.entries(API_HEADERS).flat(),
];

function succeed({ request, response }: Exchange, text: string): void {
  const size = Buffer.byteLength(text);
  const headers = [...ANSWER_HEADERS, 'content-length', String(size)];
  const requestId = requestIdOf(request.headers['x-request-id']);
  if (requestId !== undefined) headers.push('x-request-id', requestId);
  response.writeHead(200, headers);
  // Text that is ASCII throughout need not be encoded.
  if (size === text.length) response.end(text, 'latin1');
  else response.end(bodyOf(text, requestId));
}

const fail = ({ request, response, options }: Exchange, error: unknown): void =>
  answerProblem({ request, response, options }, error);

/** Answers a request with the problem that was thrown. */
export function answerProblem(
  { request, response, options }: { request: IncomingMessage; response: ServerResponse; options: LeanOptions },
  error: unknown,
): void {
  if (response.headersSent || response.destroyed) return;
  const problem = problemAnswer(error, options.log, {
    method: request.method ?? '',
    path: request.url ?? '',
    address: clientOf(request, options.clientAddress),
  });
  const requestId = requestIdOf(request.headers['x-request-id']);
  response.writeHead(problem.status, {
    ...problem.headers,
    ...API_HEADERS,
    'content-length': Buffer.byteLength(problem.body),
    ...(requestId !== undefined && { 'x-request-id': requestId }),
    ...(!request.complete && { connection: 'close' }),
  });
  const body = bodyOf(problem.body, requestId);
  if (request.complete) response.end(body);
  else endUnread(request, response, body);
}

/** Node writes head and text together in UTF-8, which would change an identifier beyond ASCII; bytes it writes by themselves. */
function bodyOf(text: string, requestId: string | undefined): string | Buffer {
  return requestId !== undefined && /[\x80-\xff]/.test(requestId) ? Buffer.from(text) : text;
}

/** Answers before the body has come whole: cutting at once would take the answer from a client that is still sending. */
function endUnread(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  response.write(body);
  drain(request, () => response.end());
}
