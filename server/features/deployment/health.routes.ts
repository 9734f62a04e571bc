import type { Context, Hono } from 'hono';
import type { ChangeFeed } from '../../projection/change-feed.ts';

type Freshness = Pick<ChangeFeed, 'isUsable' | 'isCurrent'>;

/**
 * What balancers and supervisors ask, by the status of the answer alone.
 *
 * Live: this process answers. Ready: it takes requests, from the database or, for a minute without it, from memory. One
 * that is about to end is live and not ready, and still answers whoever comes.
 */
export function healthRoutes(http: Hono, { feed }: { feed: Freshness }, isClosing: () => boolean): void {
  http.get('/health/live', (c) => answer(c, 200, { state: 'live' }));
  http.get('/health/ready', (c) => {
    if (isClosing()) return answer(c, 503, { state: 'closing' });
    if (!feed.isUsable) return answer(c, 503, { state: 'waiting', database: 'away' });
    return answer(c, 200, { state: 'ready', database: feed.isCurrent ? 'reached' : 'away' });
  });
}

function answer(c: Context, status: 200 | 503, body: Readonly<Record<string, string>>): Response {
  c.header('cache-control', 'no-store');
  return c.json(body, status);
}
