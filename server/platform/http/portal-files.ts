import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';

const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the portal: its files as they are, and its page for every address that is no API's.
 *
 * Assets carry a hash in their names and are kept for ever; the page itself is asked for again each time.
 */
export function servePortal(http: Hono, folder: string): void {
  const root = path.relative(process.cwd(), folder) || '.';
  const files = serveStatic({ root, onFound: (file, c) => void c.header('cache-control', cacheOf(file)) });
  http.get('/assets/*', files);
  http.get('/:file{[\\w-]+\\.(?:js|svg|png|ico|txt|webmanifest)}', files);
  http.get('*', async (c, next) => {
    const page = path.join(folder, 'index.html');
    const wantsPage = (c.req.header('accept') ?? '').includes('text/html');
    if (!wantsPage || !existsSync(page)) return next();
    c.header('cache-control', 'no-cache');
    return c.html(await readFile(page, 'utf8'));
  });
}

const cacheOf = (file: string): string => (file.includes('/assets/') ? FOREVER : 'no-cache');
