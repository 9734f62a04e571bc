import type { MiddlewareHandler } from 'hono';
import { AppError } from '../app-error.ts';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Refuses requests under a foreign Host name, so that no web page elsewhere can reach a demo through DNS rebinding. */
export function checkHost(publicHost: string): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const name = host.replace(/:\d+$/, '');
    if (host !== publicHost && !LOOPBACK_NAMES.has(name)) throw new AppError('wrongHost');
    await next();
  };
}
