import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataFolderRun, ServerProcess } from '../harness/server-process.ts';
import { createDataFolderRun } from '../harness/server-process.ts';

const OWNER = 'anna-lena.boehm@buero-sued.example';
const PASSWORD = 'namesake-demo';

describe('a server that is told to end', () => {
  let run: DataFolderRun;

  before(async () => {
    run = await createDataFolderRun();
  });
  after(() => run.remove());
  afterEach(() => run.killAll());

  it('wants nobody any more, answers whoever still comes, ends what is under way and then itself', async () => {
    const server = await run.start({ NAMESAKE_DRAIN_SECONDS: '2' });
    assert.deepEqual(await health(server, 'ready'), { status: 200, body: { state: 'ready', database: 'reached' } });
    const stream = await openStream(server);
    const slow = beginSignIn(server);

    const ended = server.stop();
    await until(async () => (await health(server, 'ready')).status === 503);
    assert.deepEqual(await health(server, 'live'), { status: 200, body: { state: 'live' } });
    const late = await fetch(`${server.url}/v1/deployment`);
    assert.equal(late.status, 200);
    assert.equal(late.headers.get('connection'), 'close', 'a kept connection would lead here again');

    await stream.closed;
    assert.match(stream.text(), /: open/, 'the stream ended whole');
    await assert.rejects(fetch(`${server.url}/health/live`), 'nobody is let in any more');
    slow.send();
    assert.equal((await slow.answer).statusCode, 200, 'what had begun is answered');
    assert.equal(await ended, 0);
  });
});

async function health(server: ServerProcess, name: string) {
  const answer = await fetch(`${server.url}/health/${name}`);
  return { status: answer.status, body: await answer.json() };
}

async function openStream(server: ServerProcess) {
  const signIn = await fetch(`${server.url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: OWNER, password: PASSWORD }),
  });
  const cookie = signIn.headers.getSetCookie().join('; ');
  const answer = await fetch(`${server.url}/v1/me/stream`, { headers: { cookie } });
  assert.equal(answer.status, 200);
  let text = '';
  const read = async () => {
    for await (const bytes of answer.body ?? []) text += Buffer.from(bytes).toString();
  };
  return { closed: read(), text: () => text };
}

/** A request on a connection that would be kept, whose body comes when the test sends it. */
function beginSignIn(server: ServerProcess) {
  const body = JSON.stringify({ email: OWNER, password: PASSWORD });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const agent = new Agent({ keepAlive: true });
  const sending = request(`${server.url}/v1/sessions`, { method: 'POST', headers, agent });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sending.on('response', (response) => resolve(response.resume())).on('error', reject);
  });
  sending.write(body.slice(0, 5));
  return { answer, send: () => sending.end(body.slice(5)) };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 1900;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, 'it says so in time');
    await delay(20);
  }
}
