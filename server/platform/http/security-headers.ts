import type { RequestListener } from 'node:http';
import type { MiddlewareHandler } from 'hono';

/** What an answer that is no page may do in a browser: nothing at all. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * What a page of ours may load: its own files, and styles that carry this answer's nonce.
 *
 * @param styleNonce Given out once; without it no style within the page itself is applied.
 */
export function pagePolicy(styleNonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styleNonce === undefined ? '' : ` 'nonce-${styleNonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'self'",
  ].join('; ');
}

/** Headers that every answer carries. No referrer, so that no address of a link travels on. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': NO_PAGE,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
};

/**
 * What answers for programs carry instead: no browser shows them as a page of ours, and what is sent thousands of times
 * a second is short.
 */
export const API_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Two years, for this host and those below it (RFC 6797 section 6.1). */
const TRANSPORT_HEADER = ['strict-transport-security', 'max-age=63072000; includeSubDomains'] as const;

export interface SecurityHeaderOptions {
  /** Where programs alone ask. */
  readonly apiPaths: ReadonlySet<string>;
  /** Whether people reach the server over https, so that browsers may be told to come no other way. */
  readonly secure: boolean;
}

/** Adds {@link SECURITY_HEADERS} to every answer, also to errors; {@link API_HEADERS} at the paths of programs. A page keeps its own policy. */
export function securityHeaders({ apiPaths, secure }: SecurityHeaderOptions): MiddlewareHandler {
  const [headers, apiHeaders] = [SECURITY_HEADERS, API_HEADERS].map((each) => [
    ...Object.entries(each),
    ...(secure ? [TRANSPORT_HEADER] : []),
  ]);
  return async (c, next) => {
    await next();
    for (const [name, value] of (apiPaths.has(c.req.path) ? apiHeaders : headers) ?? []) {
      if (!c.res.headers.has(name)) c.header(name, value);
    }
  };
}

/** Has the answers that are written on the socket itself tell browsers, too, to come over https alone. */
export function overTransport(secure: boolean, listener: RequestListener): RequestListener {
  if (!secure) return listener;
  return (request, response) => {
    response.setHeader(...TRANSPORT_HEADER);
    listener(request, response);
  };
}
