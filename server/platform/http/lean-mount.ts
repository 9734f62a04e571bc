import type { Hono } from 'hono';
import { readBody } from './body.ts';
import type { LeanOptions, LeanRoute } from './lean-route.ts';
import { admit, answerBytes } from './lean-route.ts';
import { repeatRequestId } from './request-id.ts';

/** Serves lean routes as part of the HTTP application: for callers in process, and for addresses written another way than {@link LeanRoute} paths. */
export function mountLean(
  http: Hono,
  routes: readonly LeanRoute[],
  options: LeanOptions & { checkResponses: boolean },
): void {
  for (const route of routes) {
    http.use(route.endpoint.path, repeatRequestId());
    http.post(route.endpoint.path, async (c) => {
      const head = {
        host: c.req.header('host'),
        authorization: c.req.header('authorization'),
        contentType: c.req.header('content-type'),
        dpop: c.req.header('dpop'),
      };
      const answer = await admit(route, head, options);
      const bounds = { limitBytes: route.limitBytes, room: options.bodyRoom };
      const text = await answerBytes(answer, await readBody(c.req.raw, bounds));
      if (options.checkResponses) route.endpoint.response.parse(JSON.parse(text));
      return c.body(text, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    });
  }
}
