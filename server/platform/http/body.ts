import { AppError } from '../app-error.ts';
import type { BodyRoom } from './body-room.ts';

/** How large a body may be, by itself and together with the others. */
export interface BodyBounds {
  readonly limitBytes: number;
  readonly room: BodyRoom;
}

/**
 * Reads a request's body, counting as it comes, so that no one can make the server hold more than the limit.
 *
 * @throws AppError `bodyTooLarge` as soon as the limit is passed, `overloaded` where there is no room for it; before the rest is
 *   read.
 */
export async function readBody(request: Request, { limitBytes, room }: BodyBounds): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limitBytes) throw tooLarge(limitBytes);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const held = room.open();
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > limitBytes) throw tooLarge(limitBytes);
      held.grow(size);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    held.free();
  }
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
