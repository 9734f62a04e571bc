import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { serveDocs } from '../../platform/http/docs-page.ts';
import { servePortal } from '../../platform/http/portal-files.ts';
import { openSocketServer } from '../harness/socket-server.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Asks with a path as it stands; client libraries would tidy it up. */
async function rawGet(port: number, target: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(`GET ${target} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\nconnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

describe('paths that lead out of the folder', () => {
  for (const target of [
    '/assets/../secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/%2e%2e%2fsecret.txt',
    '/assets/..%252fsecret.txt',
    '/assets/..\\secret.txt',
    '/assets/..%5csecret.txt',
    '/assets/%c0%ae%c0%ae/secret.txt',
    '/assets/x/../../secret.txt',
    '/assets//etc/passwd',
    '/assets/%00/../../secret.txt',
    '/docs/..%2f..%2fpackage.json',
    '/..%2fsecret.txt',
    '//elsewhere.example/%2e%2e',
  ]) {
    it(`end at the page or nowhere: ${target}`, async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'namesake-hostile-'));
      mkdirSync(path.join(folder, 'dist', 'assets'), { recursive: true });
      writeFileSync(path.join(folder, 'secret.txt'), 'a secret beside the portal');
      writeFileSync(path.join(folder, 'dist', 'index.html'), 'the page');
      const http = new Hono();
      serveDocs(http, () => ({}));
      servePortal(http, path.join(folder, 'dist'));
      const server = await openSocketServer(getRequestListener(http.fetch));
      const answer = await rawGet(server.port, target);
      await server.close();
      rmSync(folder, { recursive: true });
      assert.doesNotMatch(answer, /a secret|root:|"dependencies"/);
      assert.match(answer, /^HTTP\/1\.1 (200|400|404) /);
      assert.doesNotMatch(answer, /^location:/im);
    });
  }
});

/** What could call another machine. */
const CALLS =
  /(?<![.\w])fetch\s*\(|from '(?:node:http2|undici|node-fetch|axios|got)'|import (?!type)[^;]*\b(?:request|get|Agent)\b[^;]* from 'node:https?'|\bnew WebSocket\b|\bconnect\b[^;]* from 'node:(?:net|tls)'/;

describe('what comes from outside', () => {
  it('is fetched by no part of the server: there is no webhook yet, and no address that anybody gives is called', async () => {
    const callers: string[] = [];
    let read = 0;
    for await (const file of glob('server/**/*.ts', { cwd: ROOT })) {
      if (/\.test\.ts$|server\/tests\//.test(file)) continue;
      read += 1;
      const code = readFileSync(path.join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      if (CALLS.test(code)) callers.push(file);
    }
    assert.ok(read > 150, `${read} files were read`);
    assert.deepEqual(callers, []);
  });

  it('would be found if one did', () => {
    const calls = [
      'await fetch(url)',
      "import { request } from 'node:http';",
      "import { get } from 'node:https';",
      "import x from 'undici'",
      "import { connect } from 'node:net'",
    ];
    for (const code of calls) assert.match(code, CALLS);
    const serving = ["import { createServer } from 'node:http';", "import { createServer } from 'node:https';"];
    for (const code of ['app.http.fetch(request)', ...serving]) assert.doesNotMatch(code, CALLS);
  });

  it('is exported nowhere as a table: every answer of the document is JSON, so no spreadsheet runs a formula from it', () => {
    const document = JSON.parse(readFileSync(path.join(ROOT, 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { responses: Record<string, { content: object }> }>>;
    };
    const types = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ responses }) => Object.values(responses).flatMap(({ content }) => Object.keys(content)));
    assert.deepEqual([...new Set(types)].sort(), ['application/json', 'application/problem+json']);
  });
});
