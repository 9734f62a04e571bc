import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StubServer } from './stub-server.ts';

/** The stub behind a real socket. */
export interface StubListener {
  readonly address: string;
  close(): Promise<void>;
}

/** Lets the stub be reached over HTTP, on this machine only. */
export async function listen(stub: StubServer, port = 0): Promise<StubListener> {
  const server = createServer((request, response) => {
    answer(stub, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port: bound } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(stub: StubServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const lines = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  const body = method === 'GET' ? undefined : Buffer.concat(chunks);
  const init: RequestInit = { method, headers: Object.fromEntries(lines), ...(body && { body }) };
  const answered = await stub.fetch(`http://127.0.0.1${url}`, init);
  response.writeHead(answered.status, Object.fromEntries(answered.headers)).flushHeaders();
  if (answered.body === null) response.end();
  else await pipeline(Readable.fromWeb(answered.body), response);
}
