import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import { pagePolicy } from './security-headers.ts';

const FOREVER = 'public, max-age=31536000, immutable';
/** Stands in the portal's page where the nonce goes. */
const NONCE_PLACE = '{{styleNonce}}';

/**
 * Serves the portal: its files as they are, and its page for every address that is no API's.
 *
 * Assets carry a hash in their names and are kept for ever. Nobody keeps the page: each answer has a nonce of its own, with
 * which the portal marks the styles that it makes.
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
    const nonce = randomBytes(18).toString('base64url');
    c.header('cache-control', 'no-store');
    c.header('content-security-policy', pagePolicy(nonce));
    return c.html((await readFile(page, 'utf8')).replaceAll(NONCE_PLACE, nonce));
  });
}

const cacheOf = (file: string): string => (file.includes('/assets/') ? FOREVER : 'no-cache');
