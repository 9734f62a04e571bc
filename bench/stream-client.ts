import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

export interface StreamOptions {
  readonly port: number;
  readonly token: string;
  /** Called with the name of each event, at the moment it came. */
  readonly onEvent?: (event: string) => void;
}

const AT_ONCE = 50;

/** Opens streams, some at a time, and answers how to end them all, once each has got its first bytes. */
export async function openStreams(streams: readonly StreamOptions[]): Promise<() => void> {
  const sockets: Socket[] = [];
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    sockets.push(...(await Promise.all(streams.slice(start, start + AT_ONCE).map(openStream))));
  }
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

async function openStream({ port, token, onEvent }: StreamOptions): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(
    `GET /v1/me/stream HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`,
  );
  const [first] = (await once(socket, 'data')) as [Buffer];
  if (first.indexOf(' 200 ') !== 8) throw new Error(`refused: ${first.toString()}`);
  socket.on('error', () => {});
  if (onEvent) {
    socket.on('data', (chunk) => {
      for (const [, event = ''] of chunk.toString('latin1').matchAll(/^event: (\w+)$/gm)) onEvent(event);
    });
  } else {
    socket.resume();
  }
  return socket;
}
