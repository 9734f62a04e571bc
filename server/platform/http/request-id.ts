import type { MiddlewareHandler } from 'hono';

/** What may stand in a header's value (RFC 9110 section 5.5): nothing that could end the line. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** The caller's own identifier of its request, as the answer repeats it (AuthZEN 1.0 section 10.1.3); undefined where it sent none. */
export function requestIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && FIELD_VALUE.test(header) ? header : undefined;
}

/** Repeats `X-Request-ID` in every answer, also in errors. */
export function repeatRequestId(): MiddlewareHandler {
  return async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'));
    await next();
    if (requestId !== undefined) c.header('x-request-id', requestId);
  };
}
