import type { Hono } from 'hono';
import { AppError } from '../../platform/app-error.ts';
import type { FindStatusList } from './status-list.service.ts';
import { STATUS_TTL_SECONDS } from './status-list.service.ts';

/** The lists of revoked leases, public and cacheable: Token Status List, section 8. */
export function statusListRoutes(http: Hono, findStatusList: FindStatusList): void {
  http.get('/v1/status-lists/:list', async (c) => {
    const number = c.req.param('list');
    if (!/^(0|[1-9]\d{0,8})$/.test(number)) throw new AppError('notFound');
    const { token, etag } = await findStatusList(Number(number));
    c.header('cache-control', `public, max-age=${STATUS_TTL_SECONDS}`);
    c.header('etag', etag);
    // Anybody's page may read it: it names nobody.
    c.header('access-control-allow-origin', '*');
    if (namesTag(c.req.header('if-none-match'), etag)) return c.body(null, 304);
    return c.body(token, 200, { 'content-type': 'application/statuslist+jwt' });
  });
}

/** Whether an `If-None-Match` names the tag, by weak comparison (RFC 9110 section 13.1.2). */
function namesTag(header: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return (header ?? '').split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}
