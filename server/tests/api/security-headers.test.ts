import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Hono } from 'hono';
import { servePortal } from '../../platform/http/portal-files.ts';
import { securityHeaders } from '../../platform/http/security-headers.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe('what every answer tells a browser', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ settings: { publicUrl: 'https://licences.vendor.example', demo: false } });
  });
  after(() => app.close());

  for (const { what, address, status } of [
    { what: 'an answer', address: '/v1/deployment', status: 200 },
    { what: 'a refusal', address: '/v1/me', status: 401 },
    { what: 'an address that does not exist', address: '/v1/nowhere', status: 404 },
    { what: 'the description of the API', address: '/openapi.json', status: 200 },
  ]) {
    it(`keeps ${what} to itself`, async () => {
      const { headers, status: answered } = await app.request(address);
      assert.equal(answered, status);
      assert.equal(headers.get('content-security-policy'), nothing);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
      assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/);
      assert.equal(headers.get('strict-transport-security'), 'max-age=63072000; includeSubDomains');
    });
  }

  it('lets no cache keep what is about somebody', async () => {
    const anna = await app.as('anna@office.example');
    for (const address of ['/v1/me', '/v1/teams', '/v1/me/teams', '/v1/nowhere']) {
      const { headers } = await app.request(address, { headers: { cookie: anna.cookie } });
      assert.equal(headers.get('cache-control'), 'no-store', address);
    }
  });

  it('allows other sites nothing', async () => {
    const foreign = { origin: 'https://evil.example' };
    const answer = await app.request('/v1/deployment', { headers: foreign });
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
    const asked = { ...foreign, 'access-control-request-method': 'POST' };
    const preflight = await app.request('/v1/teams', { method: 'OPTIONS', headers: asked });
    assert.equal(preflight.status, 405);
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  });

  it('says in its type what it is', async () => {
    const types = new Map<string, string | null>();
    for (const address of ['/v1/deployment', '/v1/nowhere', '/docs', '/docs/swagger-ui.css', '/docs/start.js']) {
      types.set(address, (await app.request(address)).headers.get('content-type'));
    }
    assert.deepEqual(Object.fromEntries(types), {
      '/v1/deployment': 'application/json',
      '/v1/nowhere': 'application/problem+json',
      '/docs': 'text/html; charset=UTF-8',
      '/docs/swagger-ui.css': 'text/css; charset=utf-8',
      '/docs/start.js': 'text/javascript; charset=utf-8',
    });
  });

  it('is said on the socket itself, too, where nothing is traced', async () => {
    const server = createServer(app.listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A listening TCP server has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const { headers, status } = await fetch(`http://127.0.0.1:${port}/access/v1/evaluation`, { method: 'POST' });
    const trace = request({ port, host: '127.0.0.1', method: 'TRACE', path: '/v1/teams' }).end();
    const [traced] = (await once(trace, 'response')) as [IncomingMessage];
    traced.resume();
    server.close();
    assert.equal(traced.statusCode, 405);
    assert.equal(status, 401);
    assert.equal(headers.get('strict-transport-security'), 'max-age=63072000; includeSubDomains');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });
});

describe('the pages', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'namesake-portal-'));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'index.html'), '<meta property="csp-nonce" nonce="{{styleNonce}}" />');
  const http = new Hono();
  http.use(securityHeaders({ apiPaths: new Set(), secure: false }));
  servePortal(http, folder);
  const open = () => http.request('/teams', { headers: { accept: 'text/html' } });

  it('run no script and apply no style but their own, in one answer after the other', async () => {
    const policies = await Promise.all(
      [await open(), await open()].map(async (answer) => {
        const nonce = /nonce="([\w-]{24})"/.exec(await answer.text())?.[1];
        assert.ok(nonce, 'the page names its nonce');
        const policy = answer.headers.get('content-security-policy') ?? '';
        assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}';`), policy);
        return policy;
      }),
    );
    assert.notEqual(policies[0], policies[1]);
    for (const policy of policies) {
      assert.match(policy, /script-src 'self';/);
      assert.match(policy, /object-src 'none'; base-uri 'none';/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
    }
  });

  it('are kept by no cache, for a nonce counts once', async () => {
    assert.equal((await open()).headers.get('cache-control'), 'no-store');
  });

  it('hand out nothing from outside their folder, and list none', async () => {
    for (const address of [
      '/assets/',
      '/assets/..%2f..%2fpackage.json',
      '/..%2findex.html',
      '/.git/config',
      '/server.key',
    ]) {
      assert.equal((await http.request(address)).status, 404, address);
    }
  });
});
