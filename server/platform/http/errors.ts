import type { Context as HonoContext } from 'hono';
import { errorCodes } from '../../../contract/error-code.ts';
import { AppError, problemOf } from '../app-error.ts';
import type { Log } from '../log.ts';
import { meaningOfDatabaseError } from './database-error.ts';
import type { RefusedRequest } from './refusal-log.ts';
import { noteRefusal } from './refusal-log.ts';

/** A problem as it goes over the wire (RFC 9457). */
export interface ProblemAnswer {
  readonly status: (typeof errorCodes)[keyof typeof errorCodes]['status'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Turns whatever was thrown into a problem. Only what nobody expected is logged with its stack. */
export function problemAnswer(error: unknown, log: Log, request: RefusedRequest): ProblemAnswer {
  const known = error instanceof AppError ? error : meaningOfDatabaseError(error);
  if (!known) log.error('request failed', error, { method: request.method, path: request.path });
  else if (known.code === 'databaseUnavailable') log.warn('database unavailable', { path: request.path });
  else noteRefusal(log, known.code, request);
  const problem = problemOf(known ?? new AppError('internalError'));
  return {
    status: errorCodes[problem.code].status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(problem.retryAfterSeconds !== undefined && { 'retry-after': String(problem.retryAfterSeconds) }),
      ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: JSON.stringify(problem),
  };
}

/** Answers a request with the problem that was thrown. */
export function problemResponse(
  c: HonoContext,
  error: unknown,
  { log, addressOf }: { log: Log; addressOf(c: HonoContext): string },
): Response {
  const { method, path } = c.req;
  const request = { method, path, caller: c.get('callerId'), address: addressOf(c) };
  const { status, headers, body } = problemAnswer(error, log, request);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return c.body(body, status);
}
