import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './security-headers.ts';

/** One message of a server-sent stream (HTML standard, section 9.2). */
export interface StreamMessage {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string;
}

/** The open end of a stream towards one client. */
export interface EventSink {
  send(message: StreamMessage): void;
  /** Ends the stream; the client comes again by itself. */
  close(): void;
}

/** What fills a stream. */
export interface StreamSender {
  /** Called every fifteen seconds. @returns Whether the client may be told that what it knows is current. */
  beat(): boolean;
  /** Called once when the stream has ended, however it ended. */
  close(): void;
}

const BEAT_SECONDS = 15;
/** What a client may leave unread before it is dropped; it reconnects and reads the state anew. */
const UNREAD_LIMIT_BYTES = 256 * 1024;

/** What tells a client, and whatever stands between, that this is a stream. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** Where a stream's text goes: a socket, or a body in process. */
interface Outlet {
  write(text: string): void;
  /** Bytes that were written and that the client has not taken yet. */
  unread(): number;
  end(): void;
}

/** Starts what fills a stream. */
export type OpenSender = (sink: EventSink) => StreamSender;

/**
 * Streams to a socket of `node:http`.
 *
 * Nothing of the request is kept: with ten thousand streams open, what each holds on to is what they cost.
 */
export function streamToSocket(response: ServerResponse, open: OpenSender): void {
  // A stream may be silent for long, and has a bound of its own for what is left unread.
  response.socket?.setTimeout(0);
  response.writeHead(200, { ...SECURITY_HEADERS, ...STREAM_HEADERS });
  const stream = new OpenStream(new SocketOutlet(response), open);
  response.on('close', () => stream.forget());
}

class SocketOutlet implements Outlet {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  write(text: string): void {
    this.#response.write(text);
  }

  unread(): number {
    return this.#response.writableLength;
  }

  end(): void {
    // Whoever does not read would keep the rest in memory.
    if (this.unread() >= UNREAD_LIMIT_BYTES) this.#response.destroy();
    else this.#response.end();
  }
}

/** Answers a request with a stream of events as the body of a response. */
export function eventStream(open: OpenSender): Response {
  const encoder = new TextEncoder();
  let stream: OpenStream | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const outlet: Outlet = {
          write: (text) => controller.enqueue(encoder.encode(text)),
          unread: () => UNREAD_LIMIT_BYTES - (controller.desiredSize ?? 0),
          end: () => controller.close(),
        };
        stream = new OpenStream(outlet, open);
      },
      cancel: () => void stream?.forget(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_LIMIT_BYTES }),
  );
  return new Response(body, { headers: STREAM_HEADERS });
}

/** A stream from its first line to its end. */
class OpenStream implements EventSink {
  readonly #outlet: Outlet;
  readonly #sender: StreamSender;
  readonly #turn: number;
  /** Whether something was written in this turn of the event loop: what it holds may not have left yet. */
  #isWriting = false;
  #ended = false;

  constructor(outlet: Outlet, open: OpenSender) {
    this.#outlet = outlet;
    outlet.write('retry: 2000\n: open\n\n');
    this.#sender = open(this);
    this.#turn = startBeats(this);
    // A sender may have closed its stream while it started.
    if (this.#ended) stopBeats(this, this.#turn);
  }

  send({ event, data, id }: StreamMessage): void {
    this.#write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  close(): void {
    if (this.forget()) this.#outlet.end();
  }

  /** Stops sending to a client that is gone. @returns Whether it was still open. */
  forget(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    // While it starts there is no sender yet.
    queueMicrotask(() => {
      stopBeats(this, this.#turn);
      this.#sender.close();
    });
    return true;
  }

  /** A stream that fails ends, and no other one with it. */
  beat(): void {
    try {
      if (this.#sender.beat()) this.#write(': beat\n\n');
    } catch {
      this.close();
    }
  }

  #wrote(): void {
    this.#isWriting = false;
  }

  /** A client that has left too much unread since earlier is dropped; what one turn of the event loop writes may be more. */
  #write(text: string): void {
    if (this.#ended) return;
    if (!this.#isWriting && this.#outlet.unread() >= UNREAD_LIMIT_BYTES) {
      this.close();
      return;
    }
    if (!this.#isWriting) setImmediate(() => this.#wrote());
    this.#isWriting = true;
    this.#outlet.write(text);
  }
}

/** All streams share one timer and are spread over its turns, so that they do not all beat at once. */
const turns = Array.from({ length: BEAT_SECONDS }, () => new Set<OpenStream>());
let opened = 0;
let turn = 0;
let timer: NodeJS.Timeout | undefined;

/** Ends every stream of this process; their clients come again, and find another one. */
export function endStreams(): void {
  for (const stream of turns.flatMap((each) => [...each])) stream.close();
}

/** @returns The turn that the stream beats in. */
function startBeats(stream: OpenStream): number {
  opened += 1;
  const own = opened % BEAT_SECONDS;
  turns[own]?.add(stream);
  timer ??= setInterval(() => {
    turn = (turn + 1) % BEAT_SECONDS;
    for (const each of turns[turn] ?? []) each.beat();
  }, 1000);
  return own;
}

function stopBeats(stream: OpenStream, own: number): void {
  turns[own]?.delete(stream);
  if (turns.some(({ size }) => size > 0)) return;
  clearInterval(timer);
  timer = undefined;
}
