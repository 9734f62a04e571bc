import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { chanceOf } from '../chance.ts';
import { mixOf } from './mix.ts';
import type { Answered, Loop } from './open-loop.ts';
import { sendAtRate } from './open-loop.ts';

async function loopTo(t: TestContext, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true });
  t.after(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const next = () => ({ kind: 'page', method: 'GET' as const, path: '/', headers: {} });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, agent, chance: chanceOf(1), next };
}

async function answersOf(loop: Loop, perSecond: number, milliseconds: number): Promise<Answered[]> {
  const answered: Answered[] = [];
  await sendAtRate(loop, { perSecond, milliseconds }, (one) => void answered.push(one));
  return answered;
}

describe('an open loop', () => {
  for (const { status, headers, fate } of [
    { status: 200, headers: {}, fate: 'done' },
    { status: 409, headers: {}, fate: 'refused' },
    { status: 503, headers: { 'retry-after': '2' }, fate: 'shed' },
    { status: 429, headers: { 'retry-after': '2' }, fate: 'shed' },
    { status: 503, headers: {}, fate: 'broken' },
    { status: 500, headers: {}, fate: 'broken' },
  ]) {
    it(`calls ${status} with ${JSON.stringify(headers)} ${fate}`, async (t) => {
      const loop = await loopTo(t, (_, response) => response.writeHead(status, headers).end());
      const answered = await answersOf(loop, 200, 100);
      assert.ok(answered.length > 5);
      assert.deepEqual(new Set(answered.map((one) => one.fate)), new Set([fate]));
    });
  }

  it('calls a connection that is cut broken', async (t) => {
    const loop = await loopTo(t, (request) => request.socket.destroy());
    const [first] = await answersOf(loop, 200, 50);
    assert.equal(first?.fate, 'broken');
  });

  it('calls a check that says no in time broken, where the answer has to be yes', async (t) => {
    const text = '{"decision":false,"context":{"reason":"unavailable"}}';
    const loop = await loopTo(t, (_, response) => response.end(text));
    const check = mixOf({ teamId: 'team_1', holders: [], others: [] } as never, chanceOf(1));
    const calls = Array.from({ length: 40 }, check).filter(({ kind }) => kind === 'check');
    const next = () => calls[0] ?? assert.fail('most of the mix are checks');
    const answered = await answersOf({ ...loop, next }, 200, 50);
    assert.deepEqual(new Set(answered.map(({ fate }) => fate)), new Set(['broken']));
    assert.match(answered[0]?.complaint ?? '', /evaluation: answered \{"decision":false/);
  });

  it('keeps its rate while the server stalls, and charges it from when a call was due', async (t) => {
    let stalled = true;
    const loop = await loopTo(t, async (_, response) => {
      while (stalled) await delay(5);
      response.end();
    });
    setTimeout(() => {
      stalled = false;
    }, 300);
    const answered = await answersOf(loop, 200, 200);
    assert.ok(answered.length > 20, `${answered.length} were sent`);
    for (const { dueAt, took } of answered) assert.ok(dueAt + took >= 295, `due at ${dueAt}, took ${took}`);
  });
});
