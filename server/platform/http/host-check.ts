import type { MiddlewareHandler } from 'hono';
import { AppError } from '../app-error.ts';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses a foreign Host name, so that no web page elsewhere can reach a demo through DNS rebinding.
 *
 * @throws AppError `wrongHost`.
 */
export function requireHost(host: string, publicHost: string): void {
  if (host === publicHost || LOOPBACK_NAMES.has(host.replace(/:\d+$/, ''))) return;
  throw new AppError('wrongHost');
}

/** Holds every request to {@link requireHost}. */
export function checkHost(publicHost: string): MiddlewareHandler {
  return async (c, next) => {
    requireHost(c.req.header('host') ?? '', publicHost);
    await next();
  };
}
