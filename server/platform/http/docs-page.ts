import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Hono } from 'hono';
import { pagePolicy } from './security-headers.ts';

const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Namesake API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null });`;

/**
 * Serves the API's description and a page to read it; both come from this server alone.
 *
 * @param describe Makes the description; called when somebody first asks for it.
 */
export function serveDocs(http: Hono, describe: () => object): void {
  let document: object | undefined;
  const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  http.get('/openapi.json', (c) => {
    document ??= describe();
    return c.json(document);
  });
  http.get('/docs', (c) => c.html(PAGE, 200, { 'content-security-policy': pagePolicy() }));
  http.get('/docs/start.js', (c) => c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  http.get('/docs/:file', async (c, next) => {
    const type = FILES[c.req.param('file')];
    if (!type) return next();
    const bytes = await readFile(path.join(folder, c.req.param('file')));
    return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'no-cache' });
  });
}
