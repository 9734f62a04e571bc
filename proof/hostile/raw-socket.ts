import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { TestApp } from '../../server/tests/harness/app.ts';
import type { Chance } from '../chance.ts';
import { proven } from './ask.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './judge.ts';
import type { RawRequest } from './raw-bytes.ts';
import { breakBytes, bytesOf } from './raw-bytes.ts';

const PATIENCE_MILLISECONDS = 6000;
const PAUSE_MILLISECONDS = 400;
/** So much of a stream is read before it is closed. */
const ENOUGH_OF_STREAM_BYTES = 200;

/** Sends a call over a real socket; half of them broken, as no client library would send them. */
export async function askBySocket(
  app: TestApp,
  port: number,
  { draft, chance }: { draft: Draft; chance: Chance },
): Promise<Answer> {
  const whole = bytesOf(await proven(app, draft));
  const raw = chance.happens(0.5) ? breakBytes(whole, chance) : whole;
  const begun = performance.now();
  const received = await exchange(port, raw);
  return { ...parseAnswer(received), malformed: raw.malformed, milliseconds: performance.now() - begun };
}

/** Writes the bytes and reads until the server has ended; a broken request is ended by us, so that nobody waits for its rest. */
function exchange(port: number, { bytes, malformed }: RawRequest): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const done = () => {
      clearTimeout(patience);
      socket.destroy();
      resolve(Buffer.concat(chunks));
    };
    const patience = setTimeout(done, PATIENCE_MILLISECONDS);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const text = chunks.length < 9 ? Buffer.concat(chunks).toString('latin1') : '';
      if (text.includes('text/event-stream') && text.length > ENOUGH_OF_STREAM_BYTES) done();
    });
    // A server that has refused a request may cut what still comes.
    socket.on('error', done).on('end', done).on('close', done);
    socket.write(bytes);
    // A server answers nobody who has hung up: a broken request is left to itself first.
    if (malformed) setTimeout(() => socket.end(), PAUSE_MILLISECONDS);
  });
}

/** The first final answer of what came; status 0 where none did. */
export function parseAnswer(received: Buffer): Omit<Answer, 'milliseconds'> {
  const text = received.toString('latin1').replace(/^HTTP\/1\.1 1\d\d [^\r]*\r\n(?:[^\r]+\r\n)*\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const body = end < 0 ? '' : text.slice(end + 4);
  const whole =
    headers.get('transfer-encoding') === 'chunked'
      ? unchunked(body)
      : body.slice(0, Number(headers.get('content-length') ?? body.length));
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers,
    text: Buffer.from(whole, 'latin1').toString('utf8'),
  };
}

function unchunked(body: string): string {
  const parts: string[] = [];
  for (let at = 0; at < body.length; ) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, line), 16);
    if (!(size > 0)) break;
    parts.push(body.slice(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return parts.join('');
}
