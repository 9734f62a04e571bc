import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openSocketServer } from '../../tests/harness/socket-server.ts';
import { afterContent } from './unread-content.ts';

const LENGTH = 16 * 1024 * 1024;
const CONTENT = 2 * 1024 * 1024;

/** The length of the answer to a GET with content, as somebody reads it who takes a while to begin. */
async function answeredLength(port: number, head: string, content: string): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(`GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${head}\r\n\r\n${content}`);
  await delay(300);
  let length = 0;
  try {
    for await (const chunk of socket) length += chunk.length;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ECONNRESET');
  }
  return length;
}

describe('content that means nothing', () => {
  const listener = afterContent((_, response) => void response.end(Buffer.alloc(LENGTH)));

  for (const [how, head, content] of [
    ['its length said', `content-length: ${CONTENT}`, 'x'.repeat(CONTENT)],
    ['in chunks', 'transfer-encoding: chunked', `${CONTENT.toString(16)}\r\n${'x'.repeat(CONTENT)}\r\n0\r\n\r\n`],
    ['none', 'content-length: 0', ''],
  ] as const) {
    it(`takes nothing of a long answer with it: ${how}`, async () => {
      const server = await openSocketServer(listener);
      try {
        assert.ok((await answeredLength(server.port, head, content)) > LENGTH);
      } finally {
        await server.close();
      }
    });
  }

  it('is not waited for without end', async () => {
    const server = await openSocketServer(listener);
    try {
      assert.ok((await answeredLength(server.port, `content-length: ${CONTENT}`, 'x')) > 0);
    } finally {
      await server.close();
    }
  });
});
