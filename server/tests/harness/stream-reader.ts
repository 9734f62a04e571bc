import type { TestApp } from './app.ts';
import type { Message } from './stream-parser.ts';
import { createParser } from './stream-parser.ts';

export interface OpenStream {
  readonly status: number;
  /** The next message, or undefined once the stream has ended. Fails after three seconds without one. */
  next(): Promise<Message | undefined>;
  /** What has come until nothing more comes for a moment. */
  rest(): Promise<Message[]>;
  close(): Promise<void>;
}

/** Opens the stream of changes as a client does. */
export async function openStream(app: TestApp, headers: Record<string, string>): Promise<OpenStream> {
  const response = await app.request('/v1/me/stream', { headers });
  const reader = response.body?.getReader();
  const parse = createParser();
  const waiting: Message[] = [];
  let ended = false;
  const read = async (milliseconds: number): Promise<Message | undefined> => {
    while (waiting.length === 0 && !ended) {
      const timeout = Promise.withResolvers<'late'>();
      const timer = setTimeout(() => timeout.resolve('late'), milliseconds);
      pending ??= reader?.read();
      const chunk = await Promise.race([pending, timeout.promise]);
      clearTimeout(timer);
      if (chunk === 'late') throw new Error(`no message within ${milliseconds} ms`);
      pending = undefined;
      if (!chunk || chunk.done) ended = true;
      else waiting.push(...parse(chunk.value));
    }
    return waiting.shift();
  };
  let pending: ReturnType<NonNullable<typeof reader>['read']> | undefined;
  return {
    status: response.status,
    next: () => read(3000),
    async rest() {
      const messages: Message[] = [];
      for (;;) {
        const message = await read(150).catch(() => undefined);
        if (!message) return messages;
        messages.push(message);
      }
    },
    async close() {
      await reader?.cancel();
    },
  };
}
