import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** A request as its bytes, so that sending one costs next to nothing. */
export function httpRequest(path: string, body: string, headers: Readonly<Record<string, string>>): Buffer {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * One connection that sends a request and reads its answer, one at a time.
 *
 * A library's client would cost more than the server that it measures.
 */
class Connection {
  readonly #socket: Socket;
  #pieces: Buffer[] = [];
  #missing = -1;
  #answered: ((error?: Error) => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#answered?.(error));
    socket.on('close', () => this.#answered?.(new Error('the server hung up')));
  }

  send(request: Buffer, answered: (error?: Error) => void): void {
    this.#answered = answered;
    this.#socket.write(request);
  }

  close(): void {
    this.#answered = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#missing < 0) this.#takeHead(chunk);
    else this.#missing -= chunk.length;
    if (this.#missing === 0) this.#end();
  }

  #takeHead(chunk: Buffer): void {
    this.#pieces.push(chunk);
    const text = this.#pieces.length === 1 ? chunk : Buffer.concat(this.#pieces);
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    this.#pieces = [];
    if (text.indexOf(' 200 ') === 8) this.#missing = head + 4 + lengthIn(text, head) - text.length;
    else this.#end(new Error(`refused: ${text.toString()}`));
  }

  #end(error?: Error): void {
    this.#missing = -1;
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.(error);
  }
}

function lengthIn(text: Buffer, head: number): number {
  const at = text
    .subarray(0, head)
    .toString('latin1')
    .search(/content-length: /i);
  if (at < 0) throw new Error('the answer tells no length');
  return Number.parseInt(text.toString('latin1', at + 'content-length: '.length, head), 10);
}

async function connections(port: number, count: number): Promise<Connection[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      return new Connection(socket);
    }),
  );
}

export interface Load {
  readonly port: number;
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly milliseconds: number;
}

/** Answers a second with every connection busy all the time. */
export async function throughput({ port, requests, connections: count, milliseconds }: Load): Promise<number> {
  const open = await connections(port, count);
  let sent = 0;
  let done = 0;
  const began = performance.now();
  const work = (connection: Connection) =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        if (performance.now() - began >= milliseconds) return resolve();
        connection.send(requests[sent++ % requests.length] as Buffer, (error) => {
          if (error) return reject(error);
          done += 1;
          next();
        });
      };
      next();
    });
  await Promise.all(open.map(work));
  const seconds = (performance.now() - began) / 1000;
  for (const connection of open) connection.close();
  return done / seconds;
}

/**
 * How long answers take, in microseconds and in order, at a steady rate whatever the server does: a request that waits for
 * a free connection counts from when it was due.
 */
export async function latencies(load: Load, perSecond: number): Promise<number[]> {
  const free = await connections(load.port, load.connections);
  const all = [...free];
  const due: number[] = [];
  const took: number[] = [];
  const began = performance.now();
  const total = Math.floor((load.milliseconds / 1000) * perSecond);
  let sent = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const dispatch = () => {
    while (free.length > 0 && due.length > 0) {
      const connection = free.pop() as Connection;
      const dueAt = due.shift() as number;
      connection.send(load.requests[took.length % load.requests.length] as Buffer, (error) => {
        if (error) return reject(error);
        took.push((performance.now() - dueAt) * 1000);
        free.push(connection);
        dispatch();
      });
    }
  };
  const tick = () => {
    const now = performance.now();
    for (; sent < total && began + (sent * 1000) / perSecond <= now; sent += 1) {
      due.push(began + (sent * 1000) / perSecond);
    }
    dispatch();
    if (took.length >= total) resolve();
    else setImmediate(tick);
  };
  tick();
  await promise;
  for (const connection of all) connection.close();
  return took.toSorted((one, other) => one - other);
}

/** The value below which so great a part of sorted values lies. */
export function percentile(sorted: ArrayLike<number>, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
