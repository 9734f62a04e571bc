import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeKey } from '../harness/application-builder.ts';
import type { SocketServer } from '../harness/socket-server.ts';
import { openSocketServer } from '../harness/socket-server.ts';
import { makeProduct, makeTeam } from '../harness/team-builder.ts';

const ONE = '/access/v1/evaluation';
const MANY = '/access/v1/evaluations';
const subject = { type: 'account', id: 'pia@office.example' };
const action = { name: 'use' };

interface Case {
  readonly what: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object | string;
  readonly status: number;
  readonly code?: string;
  /** The member that is wrong. */
  readonly field?: string;
}

/** Every case is asked on the socket, where the lean listener answers, and in process: both must say the same. */
describe('requests of applications that are not as they should be', () => {
  let app: TestApp;
  let server: SocketServer;
  let key: string;
  let resource: { type: string; id: string; properties: { team: string } };

  before(async () => {
    app = await createTestApp();
    await makeApplication(app, 'sketchpad', [await makeProduct(app)]);
    key = await makeKey(app, 'sketchpad');
    const { teamId } = await makeTeam(app, 'owner@office.example');
    resource = { type: 'product', id: 'share', properties: { team: teamId } };
    server = await openSocketServer(app.listener);
  });
  after(async () => {
    await server.close();
    await app.close();
  });

  const whole = () => ({ subject, action, resource });
  const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

  function requestOf({ method = 'POST', headers, body = whole() }: Omit<Case, 'what' | 'status'>): RequestInit {
    const given = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers };
    const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { method, headers: sent, ...(method !== 'GET' && { body: text }) };
  }

  async function askBoth(asked: Omit<Case, 'what' | 'status'>) {
    const { path = ONE } = asked;
    const onSocket = await fetch(server.url + path, requestOf(asked));
    const inProcess = await app.request(path, requestOf(asked));
    const [body, other] = [await onSocket.text(), await inProcess.text()];
    assert.equal(onSocket.status, inProcess.status);
    assert.equal(body, other);
    assert.deepEqual(headersOf(onSocket), headersOf(inProcess));
    return { status: onSocket.status, headers: onSocket.headers, body };
  }

  /** What the application says; the rest is the connection's. */
  function headersOf({ headers }: Response): Record<string, string> {
    const connection = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']);
    return Object.fromEntries([...headers].filter(([name]) => !connection.has(name)));
  }

  const refusals: Case[] = [
    { what: 'no key', headers: { authorization: '' }, status: 401, code: 'applicationUnknown' },
    { what: 'another scheme', headers: { authorization: 'Basic eDp5' }, status: 401, code: 'applicationUnknown' },
    { what: 'a wrong key', headers: { authorization: 'Bearer nsk_none' }, status: 401, code: 'applicationUnknown' },
    { what: 'a token', headers: { authorization: 'Bearer x' }, status: 401, code: 'applicationUnknown' },
    { what: 'malformed JSON', body: '{"subject":', status: 400, code: 'malformedJson' },
    { what: 'no body', body: '', status: 400, code: 'malformedJson' },
    { what: 'JSON that is no object', body: '[1]', status: 400, code: 'accessRequestInvalid' },
    {
      what: 'another media type',
      headers: { 'content-type': 'text/plain' },
      status: 400,
      code: 'accessRequestInvalid',
    },
    {
      what: 'a media type that begins alike',
      headers: { 'content-type': 'application/json-patch+json' },
      status: 400,
      code: 'accessRequestInvalid',
    },
    {
      what: 'a missing member',
      body: { subject, action },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'resource',
    },
    {
      what: 'a member of another type',
      body: { subject: 'pia', action },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'subject',
    },
    { what: 'a body above 64 KiB', body: ' '.repeat(70_000), status: 413, code: 'bodyTooLarge' },
    { what: 'evaluations above 8 MiB', path: MANY, body: ' '.repeat(8_400_000), status: 413, code: 'bodyTooLarge' },
    {
      what: '10,001 evaluations',
      path: MANY,
      body: { evaluations: Array.from({ length: 10_001 }, () => ({})) },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'evaluations',
    },
    {
      what: 'evaluations that are no list',
      path: MANY,
      body: { evaluations: {} },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'evaluations',
    },
    {
      what: 'a semantic that is none',
      path: MANY,
      body: { evaluations: [{}], options: { evaluations_semantic: 'any' } },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'options.evaluations_semantic',
    },
    {
      what: 'a flood of brackets',
      path: MANY,
      body: '['.repeat(8_000_000),
      status: 400,
      code: 'accessRequestInvalid',
    },
    { what: 'another method', method: 'GET', status: 405, code: 'methodNotAllowed' },
    { what: 'another method with a body', method: 'PUT', status: 405, code: 'methodNotAllowed' },
    { what: 'an address beside it', path: `${ONE}/x`, status: 404, code: 'notFound' },
    {
      what: 'a search without an action',
      path: '/access/v1/search/subject',
      body: { subject: { type: 'account' } },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'action',
    },
    {
      what: 'a search without an id',
      path: '/access/v1/search/resource',
      body: { subject: { type: 'account' }, action, resource: { type: 'product' } },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'subject.id',
    },
    {
      what: 'a page that is none',
      path: '/access/v1/search/subject',
      body: { subject, action, resource: { type: 'product', id: 'x', properties: { team: 'x' } }, page: { limit: -1 } },
      status: 400,
      code: 'accessRequestInvalid',
      field: 'page.limit',
    },
  ];

  for (const { what, status, code, field, ...asked } of refusals) {
    it(`are refused for ${what}`, async () => {
      const answer = await askBoth({ ...asked, headers: { 'x-request-id': 'r-1', ...asked.headers } });
      assert.equal(answer.status, status);
      const problem = JSON.parse(answer.body) as { code: string; status: number; fields?: { path: string }[] };
      assert.deepEqual([problem.code, problem.status, problem.fields?.[0]?.path], [code, status, field]);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('www-authenticate'), status === 401 ? 'Bearer' : null);
      assert.equal(answer.headers.get('allow'), status === 405 ? 'POST' : null);
      assert.equal(answer.headers.get('x-request-id'), status === 404 ? null : 'r-1');
    });
  }

  it('are answered with a no where they are well formed and name what does not exist', async () => {
    for (const [sent, reason] of [
      [{ subject: { type: 'spaceship', id: 'x' } }, 'subjectTypeUnknown'],
      [{ action: { name: 'fly' } }, 'actionUnknown'],
      [{ resource: { type: 'moon', id: 'x' } }, 'resourceTypeUnknown'],
      [{ resource: { type: 'product', id: 'share' } }, 'teamMissing'],
      [{ subject: { type: 'account', id: "'; drop table account; --" } }, 'accountUnknown'],
      [{ resource: { type: 'product', id: '__proto__', properties: { team: 'constructor' } } }, 'accountUnknown'],
    ] as const) {
      const { status, body } = await askBoth({ body: { ...whole(), ...sent } });
      assert.equal(status, 200);
      assert.equal((JSON.parse(body) as { context: { reason: string } }).context.reason, reason);
    }
  });

  it('may nest as deep as they like where nobody looks', async () => {
    const text = (properties: string) =>
      JSON.stringify({ ...whole(), subject: { ...subject, properties: { deep: 'X' } } }).replace('"X"', properties);
    const one = await askBoth({ body: text(nested(30_000)) });
    assert.equal(one.status, 200);
    const many = await askBoth({ path: MANY, body: `{"evaluations":[${text(nested(100_000))},{}]}` });
    assert.equal(many.status, 200);
    assert.equal((JSON.parse(many.body) as { evaluations: unknown[] }).evaluations.length, 2);
    const search = await askBoth({ path: '/access/v1/search/action', body: text(nested(30_000)) });
    assert.equal(search.status, 200);
  });

  it('may be ten thousand in one call', async () => {
    const evaluations = Array.from({ length: 10_000 }, (_, index) => ({
      subject: { type: 'account', id: `p${index}` },
    }));
    const { status, body } = await askBoth({ path: MANY, body: { action, resource, evaluations } });
    assert.equal(status, 200);
    assert.equal((JSON.parse(body) as { evaluations: unknown[] }).evaluations.length, 10_000);
  });

  it('may say their media type with its parameters, and their scheme in any case', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8', authorization: `bearer ${key}` };
    assert.equal((await askBoth({ headers })).status, 200);
    assert.equal((await askBoth({ path: `${ONE}?trace=1` })).status, 200);
  });

  for (const requestId of ['bfe9eb29-ab87-4ca3-be83-a1d5d8305716', 'a b\tc', '"<script>"', 'ä÷ÿ', 'x'.repeat(4000)]) {
    it(`get their identifier back: ${requestId.slice(0, 40)}`, async () => {
      const { headers } = await askBoth({ headers: { 'x-request-id': requestId } });
      assert.equal(headers.get('x-request-id'), requestId);
    });
  }

  describe('on the wire', () => {
    /** Sends bytes as they are and reads until the server hangs up. */
    async function raw(bytes: string): Promise<string> {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(bytes, 'latin1');
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1');
      });
      await once(socket, 'close');
      return answer;
    }

    const head = (...lines: string[]) =>
      [`POST ${ONE} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, `Authorization: Bearer ${key}`, ...lines].join('\r\n');

    it('never put more than the identifier into the answer', async () => {
      for (const odd of ['a\r\nX-Evil: 1', 'a\nX-Evil: 1', 'a\x01b', 'a\0b', '\x7f']) {
        const body = JSON.stringify(whole());
        const lines = [`X-Request-ID: ${odd}`, 'Content-Type: application/json', `Content-Length: ${body.length}`];
        const answer = await raw(`${head(...lines, 'Connection: close')}\r\n\r\n${body}`);
        assert.match(answer, /^HTTP\/1\.1 (200|400)/);
        for (const evil of ['x-evil', '\x01', '\0', '\x7f']) assert.ok(!answer.toLowerCase().includes(evil), odd);
      }
    });

    it('are cut off when they announce too much, with the answer', async () => {
      const lines = ['Content-Type: application/json', 'Content-Length: 9000000'];
      const begun = performance.now();
      const answer = await raw(`${head(...lines)}\r\n\r\n{"subject":`);
      assert.match(answer, /^HTTP\/1\.1 413/);
      assert.match(answer, /connection: close/i);
      assert.match(answer, /"code":"bodyTooLarge"/);
      assert.ok(performance.now() - begun < 10_000);
    });

    it('are cut off when they send too much unannounced', async () => {
      const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
      const lines = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
      const answer = await raw(`${head(...lines)}\r\n\r\n${chunk}${chunk}0\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 413/);
      assert.match(answer, /"code":"bodyTooLarge"/);
    });

    it('leave nothing behind when the client goes away half-way', async () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`${head('Content-Type: application/json', 'Content-Length: 500')}\r\n\r\n{"subject"`);
      await delay(50);
      socket.destroy();
      await delay(50);
      assert.equal((await askBoth({})).status, 200);
    });

    it('answer one after the other on one connection', async () => {
      const body = JSON.stringify(whole());
      const lines = ['Content-Type: application/json', `Content-Length: ${body.length}`];
      const one = `${head(...lines)}\r\n\r\n${body}`;
      const last = `${head(...lines, 'Connection: close')}\r\n\r\n${body}`;
      const answer = await raw(one + one.replace('"action"', '"Action"') + last);
      assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 400', 'HTTP/1.1 200']);
    });

    it('are not answered under a foreign host name in a demo', async () => {
      const answer = await raw(
        `POST ${ONE} HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 421/);
    });
  });
});
