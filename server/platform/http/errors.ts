import type { Context as HonoContext } from 'hono';
import { errorCodes } from '../../../contract/error-code.ts';
import { AppError, problemOf } from '../app-error.ts';
import type { Log } from '../log.ts';
import { meaningOfDatabaseError } from './database-error.ts';

/** Turns whatever was thrown into a problem answer. Only what nobody expected is logged with its stack. */
export function problemResponse(c: HonoContext, error: unknown, log: Log): Response {
  const known = error instanceof AppError ? error : meaningOfDatabaseError(error);
  if (!known) log.error('request failed', error, { method: c.req.method, path: c.req.path });
  else if (known.code === 'databaseUnavailable') log.warn('database unavailable', { path: c.req.path });
  const problem = problemOf(known ?? new AppError('internalError'));
  if (problem.retryAfterSeconds !== undefined) c.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.status === 401) c.header('www-authenticate', 'Bearer');
  c.header('cache-control', 'no-store');
  c.header('content-type', 'application/problem+json');
  return c.body(JSON.stringify(problem), errorCodes[problem.code].status);
}
