import type { EventSink, StreamSender } from './event-stream.ts';

/** A beat is fifteen seconds. */
const BEATS_BETWEEN_LOOKS = 4;

/**
 * A stream that ends within a minute after the session that it was opened with.
 *
 * @param isSignedIn Whether the session goes on; a failure to find out ends nothing.
 */
export function whileSignedIn(sender: StreamSender, sink: EventSink, isSignedIn: () => Promise<boolean>): StreamSender {
  let beats = 0;
  return {
    beat() {
      beats += 1;
      if (beats % BEATS_BETWEEN_LOOKS === 0) void endUnless(sink, isSignedIn);
      return sender.beat();
    },
    close: () => sender.close(),
  };
}

async function endUnless(sink: EventSink, isSignedIn: () => Promise<boolean>): Promise<void> {
  const goesOn = await isSignedIn().catch(() => true);
  if (!goesOn) sink.close();
}
