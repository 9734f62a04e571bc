import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { findFreePort } from '../../db/engine-postmaster.ts';
import { Doors } from '../../doors.ts';

const PORT = await findFreePort();
const patience = {
  headersTimeout: 200,
  requestTimeout: 600,
  connectionsCheckingInterval: 50,
  silenceMilliseconds: 400,
};
const MORE_THAN_SOCKETS_KEEP = 64 * 1024 * 1024;

describe('a client that takes its time', () => {
  const doors = new Doors({ host: '127.0.0.1', port: PORT, drainSeconds: 0, tls: undefined }, patience);

  before(() =>
    doors.open((request, response) => {
      if (request.url === '/large') {
        response.on('close', () => ended.resolve(performance.now()));
        response.end(Buffer.alloc(MORE_THAN_SOCKETS_KEEP));
      } else request.on('end', () => response.end('done')).resume();
    }),
  );
  const ended = Promise.withResolvers<number>();
  after(() => doors.close());

  /** Sends a beginning and then a byte now and then; answers what came back and after how long. */
  const dribble = async (beginning: string) => {
    const socket = connect(PORT, '127.0.0.1');
    const began = performance.now();
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.on('error', () => {});
    socket.write(beginning);
    const drops = setInterval(() => socket.write('x'), 30);
    await once(socket, 'close');
    clearInterval(drops);
    return { text, milliseconds: performance.now() - began };
  };

  it('over its head is told so and cut off', async () => {
    const { text, milliseconds } = await dribble('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    assert.match(text, /^HTTP\/1\.1 408 /);
    assert.ok(milliseconds >= 190, `cut off after ${milliseconds} ms`);
  });

  it('over its body is told so and cut off', async () => {
    const { text } = await dribble('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n');
    assert.match(text, /^HTTP\/1\.1 408 /);
  });

  it('to read its answer is cut off, and what was kept for it is gone', async () => {
    const socket = connect(PORT, '127.0.0.1').pause();
    socket.on('error', () => {});
    const began = performance.now();
    socket.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const milliseconds = (await ended.promise) - began;
    socket.destroy();
    assert.ok(milliseconds >= 390 && milliseconds < 5000, `cut off after ${milliseconds} ms`);
  });

  it('gets no answer for a head of more than sixteen kilobytes', async () => {
    const answer = await fetch(`http://127.0.0.1:${PORT}/`, { headers: { 'x-long': 'x'.repeat(20_000) } });
    assert.equal(answer.status, 431);
  });

  it('is answered where it is quick', async () => {
    const answer = await fetch(`http://127.0.0.1:${PORT}/`, { method: 'POST', body: 'now' });
    assert.equal(await answer.text(), 'done');
  });
});
