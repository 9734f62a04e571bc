import { AppError } from '../app-error.ts';

/**
 * Reads a request's body, counting as it comes, so that no one can make the server hold more than the limit.
 *
 * @throws AppError `bodyTooLarge` as soon as the limit is passed, before the rest is read.
 */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limitBytes) throw tooLarge(limitBytes);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The refusal of a body above the limit. */
export function tooLarge(limitBytes: number): AppError {
  return new AppError('bodyTooLarge', { detail: `At most ${limitBytes} bytes are taken.` });
}

/** Parses a JSON body; an empty one counts as an empty object. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('malformedJson', { cause });
  }
}
