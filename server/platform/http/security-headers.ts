import type { MiddlewareHandler } from 'hono';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "frame-src 'self'",
].join('; ');

/** Headers that every answer carries. No referrer, so that no address of a link travels on. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/**
 * What answers for programs carry instead: they are no pages, so there is nothing to allow, and what is sent thousands of
 * times a second is short.
 */
export const API_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Adds {@link SECURITY_HEADERS} to every answer, also to errors; {@link API_HEADERS} at these paths. */
export function securityHeaders(apiPaths: ReadonlySet<string>): MiddlewareHandler {
  const [headers, apiHeaders] = [Object.entries(SECURITY_HEADERS), Object.entries(API_HEADERS)];
  return async (c, next) => {
    await next();
    for (const [name, value] of apiPaths.has(c.req.path) ? apiHeaders : headers) c.header(name, value);
  };
}
