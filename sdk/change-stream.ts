import type { Clock } from './clock.ts';
import type { StreamEvent } from './event-stream.ts';
import { EventStreamParser } from './event-stream.ts';
import { NamesakeError } from './namesake-error.ts';
import type { ServerLink } from './server-link.ts';
import { unreachable } from './server-link.ts';
import { SilenceWatch } from './silence-watch.ts';

/** One connection of the account's stream of changes. */
export interface ChangeStreamOptions {
  readonly link: ServerLink;
  readonly clock: Clock;
  readonly token: string;
  /** Where the connection before ended; empty at first. */
  readonly lastEventId: string;
  readonly signal: AbortSignal;
  /** Called once the server has accepted the connection. */
  readonly onOpen: () => void;
  /** Called for every piece of the stream, beats included, before its events. */
  readonly onAlive: () => void;
  readonly onEvent: (event: StreamEvent) => void;
}

const openWithinMs = 10_000;

/** The server beats every 15 seconds; two may be missed, and a little. */
const aliveWithinMs = 35_000;

/**
 * Follows the stream until it ends, one way or another.
 *
 * @throws Always: the signal's reason, or a NamesakeError that says why the connection ended.
 */
export async function followChanges(options: ChangeStreamOptions): Promise<never> {
  const { link, clock, token, lastEventId, signal } = options;
  signal.throwIfAborted();
  const connection = new AbortController();
  const hangUp = () => connection.abort(signal.reason);
  const silence = new SilenceWatch(clock, () => connection.abort(fellSilent()));
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    silence.expectWithin(openWithinMs);
    const body = await link.stream('/v1/me/stream', token, lastEventId, connection.signal);
    silence.expectWithin(aliveWithinMs);
    options.onOpen();
    const parser = new EventStreamParser(lastEventId);
    for await (const bytes of readBytes(body, connection.signal)) {
      silence.expectWithin(aliveWithinMs);
      options.onAlive();
      for (const event of parser.push(bytes)) options.onEvent(event);
    }
    throw new NamesakeError('unreachable', { message: 'The server ended the stream.' });
  } catch (error) {
    throw connection.signal.aborted ? connection.signal.reason : unreachable(error);
  } finally {
    silence.stop();
    signal.removeEventListener('abort', hangUp);
    connection.abort();
  }
}

/** Not every body ends with its request's signal, so the reader is told as well. */
async function* readBytes(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

function fellSilent(): NamesakeError {
  return new NamesakeError('unreachable', { message: 'The server fell silent.' });
}
