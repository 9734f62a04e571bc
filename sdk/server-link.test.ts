import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NamesakeError } from './namesake-error.ts';
import type { Fetch } from './server-link.ts';
import { ServerLink } from './server-link.ts';
import { FakeClock } from './tests/fake-clock.ts';

function linkTo(fetch: Fetch, clock = new FakeClock()): ServerLink {
  return new ServerLink({ server: 'https://licences.example.com/', fetch, clock });
}

function answering(status: number, body: string, headers: Record<string, string> = {}): ServerLink {
  return linkTo(async () => new Response(body, { status, headers }));
}

describe('a request', () => {
  const problem = JSON.stringify({ status: 403, code: 'tokenScope', title: 'No.', detail: 'Not with this token.' });
  const failures: [number, string, Partial<NamesakeError>][] = [
    [401, '{"code":"notSignedIn","title":"Sign in first."}', { code: 'notSignedIn', message: 'Sign in first.' }],
    [403, problem, { code: 'refused', problemCode: 'tokenScope', message: 'Not with this token.' }],
    [404, '{}', { code: 'notFound' }],
    [429, '{}', { code: 'unreachable', status: 429 }],
    [502, '<html>Bad gateway</html>', { code: 'unreachable', status: 502 }],
    [200, '<html>Welcome</html>', { code: 'unreadable' }],
  ];
  for (const [status, body, error] of failures) {
    it(`fails with ${error.code} for ${status} ${body.slice(0, 12)}`, async () => {
      await assert.rejects(answering(status, body).get('/v1/x', 'token', undefined), error);
    });
  }

  it('hands over how long to wait', async () => {
    const link = answering(503, '{}', { 'retry-after': '17' });
    await assert.rejects(link.get('/v1/x', 'token', undefined), { retryAfterSeconds: 17 });
  });

  it('carries the token to the named server, and follows it nowhere else', async () => {
    const calls: [string, RequestInit][] = [];
    const link = linkTo(async (url, init) => {
      calls.push([url, init]);
      return Response.json({ answer: 42 });
    });
    assert.deepEqual(await link.get('/v1/x', 'secret', undefined), { answer: 42 });
    assert.equal(calls[0]?.[0], 'https://licences.example.com/v1/x');
    assert.equal(calls[0]?.[1].redirect, 'error');
    assert.equal(new Headers(calls[0]?.[1].headers).get('authorization'), 'Bearer secret');
  });

  const never: Fetch = (_url, init) =>
    new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));

  it('gives up after 10 seconds', async () => {
    const clock = new FakeClock();
    const asked = linkTo(never, clock).get('/v1/x', 'token', undefined);
    const rejected = assert.rejects(asked, { code: 'unreachable' });
    await clock.advance(10_000);
    await rejected;
  });

  it('can be called off, with the reason of whoever did', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const asked = linkTo(never, clock).get('/v1/x', 'token', stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(asked, /enough/);
    assert.equal(clock.pending, 0);
  });

  it('takes no page for a stream', async () => {
    const link = answering(200, '<html>', { 'content-type': 'text/html' });
    const opened = link.stream('/v1/me/stream', 'token', '', new AbortController().signal);
    await assert.rejects(opened, (error) => error instanceof NamesakeError && error.code === 'unreadable');
  });
});
