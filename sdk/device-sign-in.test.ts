import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SignInPrompt } from './device-sign-in.ts';
import { signInByDevice } from './device-sign-in.ts';
import { NamesakeError } from './namesake-error.ts';
import { ServerLink } from './server-link.ts';
import { FakeClock, settle } from './tests/fake-clock.ts';
import { StubServer } from './tests/stub-server.ts';

function begin(
  server: StubServer,
  { application = 'sketchpad', signal }: { application?: string; signal?: AbortSignal } = {},
) {
  const clock = new FakeClock();
  const link = new ServerLink({ server: 'http://localhost:4280/', fetch: server.fetch, clock });
  const prompts: SignInPrompt[] = [];
  const onCode = (prompt: SignInPrompt) => prompts.push(prompt);
  const token = signInByDevice({ link, clock, application, place: 'WS-114', onCode, signal });
  token.catch(() => {});
  return { clock, prompts, token };
}

const polls = (server: StubServer) => server.count('/oauth/token');

describe('the device flow', () => {
  it('shows the code, names application and place, and waits for approval', async () => {
    const server = new StubServer();
    server.grants = ['pending', 'pending', 'approved'];
    const { clock, prompts, token } = begin(server);
    await settle();
    assert.deepEqual(prompts, [
      {
        userCode: 'WDJB-MJHT',
        verificationUri: 'http://localhost:4280/device',
        verificationUriComplete: 'http://localhost:4280/device?code=WDJB-MJHT',
        expiresAt: new Date(Date.UTC(2026, 10, 24, 0, 10)),
      },
    ]);
    assert.equal(server.requests[0]?.form.get('place'), 'WS-114');
    await clock.advance(14_999);
    assert.equal(polls(server), 2);
    await clock.advance(1);
    assert.equal(await token, 'token-1');
    assert.equal(server.requests.at(-1)?.form.get('device_code'), 'device-1');
  });

  it('asks every 5 seconds when the server names no pace', async () => {
    const server = new StubServer();
    server.interval = undefined;
    server.grants = ['pending'];
    const { clock } = begin(server);
    await clock.advance(20_000);
    assert.equal(polls(server), 4);
  });

  it('slows down by 5 seconds for good each time it is told to', async () => {
    const server = new StubServer();
    server.grants = ['slowDown', 'slowDown', 'pending', 'approved'];
    const { clock, token } = begin(server);
    const seen: number[] = [];
    for (let second = 1; second <= 45; second++) {
      await clock.advance(1_000);
      if (polls(server) > seen.length) seen.push(second);
    }
    assert.deepEqual(seen, [5, 15, 30, 45]);
    await token;
  });

  it('goes on, at half the pace, while the server does not answer', async () => {
    const server = new StubServer();
    const { clock, token } = begin(server);
    await settle();
    server.down = true;
    await clock.advance(5_000);
    server.down = false;
    await clock.advance(9_999);
    assert.equal(polls(server), 0);
    await clock.advance(1);
    assert.equal(await token, 'token-1');
  });

  for (const [grant, code] of [
    ['declined', 'signInDeclined'],
    ['expired', 'signInExpired'],
  ] as const) {
    it(`ends when the server says ${grant}`, async () => {
      const server = new StubServer();
      server.grants = ['pending', grant];
      const { clock, token } = begin(server);
      await clock.advance(10_000);
      await assert.rejects(token, { name: 'NamesakeError', code });
    });
  }

  it('ends with the code, whatever the server says', async () => {
    const server = new StubServer();
    server.grants = ['pending'];
    const { clock, token } = begin(server);
    await clock.advance(600_000);
    await assert.rejects(token, { code: 'signInExpired' });
    assert.equal(clock.pending, 0);
  });

  it('tells an application that the server does not know', async () => {
    const { token } = begin(new StubServer(), { application: 'unknown' });
    await assert.rejects(token, (error) => error instanceof NamesakeError && error.code === 'applicationUnknown');
  });

  it('tells at once when the server is not there to begin with', async () => {
    const server = new StubServer();
    server.down = true;
    await assert.rejects(begin(server).token, { code: 'unreachable' });
  });

  it('can be given up, with the reason of whoever gave up', async () => {
    const server = new StubServer();
    server.grants = ['pending'];
    const stop = new AbortController();
    const { clock, token } = begin(server, { signal: stop.signal });
    await clock.advance(7_000);
    stop.abort(new Error('changed my mind'));
    await assert.rejects(token, /changed my mind/);
    assert.equal(clock.pending, 0);
  });
});
