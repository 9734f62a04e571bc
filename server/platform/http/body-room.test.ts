import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { endpoints } from '../../../contract/endpoints.ts';
import { silentLog } from '../log.ts';
import { readBody } from './body.ts';
import { createBodyRoom, SMALL_BODY_BYTES } from './body-room.ts';
import { leanListener } from './lean-listener.ts';

const MOST = 100_000;
const LARGE = 60_000;

describe('room for bodies', () => {
  it('is taken while they come, and there again when they have come or broken off', () => {
    const room = createBodyRoom(MOST);
    const [one, other] = [room.open(), room.open()];
    one.grow(30_000);
    one.grow(LARGE);
    assert.throws(() => other.grow(LARGE), { code: 'overloaded', details: { retryAfterSeconds: 5 } });
    other.grow(MOST - LARGE);
    one.free();
    one.free();
    other.grow(MOST);
    assert.throws(() => one.grow(SMALL_BODY_BYTES + 1), { code: 'overloaded' });
  });

  it('is always there for small ones', () => {
    const room = createBodyRoom(MOST);
    room.open().grow(MOST);
    room.open().grow(SMALL_BODY_BYTES);
  });

  it('is what a body is read into', async () => {
    const room = createBodyRoom(MOST);
    const { readable: slow, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const more = writable.getWriter();
    const read = (body: string | ReadableStream) =>
      readBody(new Request('http://localhost', { method: 'POST', body, duplex: 'half' } as RequestInit), {
        limitBytes: MOST,
        room,
      });
    const first = read(slow);
    void more.write(new Uint8Array(LARGE));
    await delay(10);
    await assert.rejects(read('x'.repeat(LARGE)), { code: 'overloaded' });
    assert.equal((await read('small')).length, 5);
    void more.close();
    assert.equal((await first).length, LARGE);
    assert.equal((await read('x'.repeat(LARGE))).length, LARGE);
  });

  it('is what a body on the socket itself is read into, also of a client that goes away', async () => {
    const route = {
      endpoint: endpoints.evaluate,
      limitBytes: MOST,
      open: () => (body: unknown) => JSON.stringify({ length: String(body).length }),
    };
    const options = { log: silentLog, clientAddress: () => '', bodyRoom: createBodyRoom(MOST) };
    const server = createServer(leanListener([route], options, (_, response) => response.end()));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const post = (length: number) =>
      fetch(`http://127.0.0.1:${port}${route.endpoint.path}`, { method: 'POST', body: `"${'x'.repeat(length - 2)}"` });

    const slow = connect(port, '127.0.0.1');
    slow.write(`POST ${route.endpoint.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${MOST}\r\n\r\n`);
    slow.write('x'.repeat(LARGE));
    // What was sent comes in its own time, and so does the news that nobody sends any more.
    const until = async (status: number) => {
      for (;;) {
        const answer = await post(LARGE);
        if (answer.status === status) return answer;
        await delay(10);
      }
    };
    assert.equal((await until(503)).headers.get('retry-after'), '5');
    assert.equal((await post(5)).status, 200);
    slow.destroy();
    await until(200);
    for (let round = 0; round < 3; round += 1) assert.equal((await post(LARGE)).status, 200);
    server.closeAllConnections();
    server.close();
  });
});
