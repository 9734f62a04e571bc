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
  /** Called with every beat, so that the sender can look at the calendar. */
  beat(): void;
  /** Called once when the stream has ended, however it ended. */
  close(): void;
}

const BEAT_MILLISECONDS = 15_000;
/** What a client may leave unread before it is dropped; it reconnects and reads the state anew. */
const UNREAD_LIMIT_BYTES = 256 * 1024;

/**
 * Answers a request with a stream of events.
 *
 * @param open Starts the sender.
 */
export function eventStream(open: (sink: EventSink) => StreamSender): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let ended = false;
        const write = (text: string) => {
          if (ended) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) <= 0) sink.close();
        };
        const sink: EventSink = {
          send: ({ event, data, id }) =>
            write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
          close() {
            if (ended) return;
            end();
            controller.close();
          },
        };
        write('retry: 2000\n: open\n\n');
        const sender = open(sink);
        const timer = setInterval(() => {
          write(': beat\n\n');
          sender.beat();
        }, BEAT_MILLISECONDS);
        end = () => {
          if (ended) return;
          ended = true;
          clearInterval(timer);
          sender.close();
        };
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_LIMIT_BYTES }),
  );
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
