import { AppError } from '../app-error.ts';

/** The memory that bodies may take together while they come. */
export interface BodyRoom {
  /** Begins to read a body. */
  open(): HeldRoom;
}

/** What one body takes of it. */
export interface HeldRoom {
  /** Holds room for a body that has come so far. @throws AppError `overloaded` where there is none left. */
  grow(bytes: number): void;
  /** Gives everything back; once more does nothing. */
  free(): void;
}

/** Bodies up to this size always have room: they are no more than what a connection takes anyway. */
export const SMALL_BODY_BYTES = 16 * 1024;

const RETRY_SECONDS = 5;

/**
 * Makes room for so many bytes. A client may take two minutes over its body, so without a bound a few hundred slow ones of a
 * megabyte each would take all memory there is.
 */
export function createBodyRoom(mostBytes: number): BodyRoom {
  let taken = 0;
  return {
    open() {
      let held = 0;
      return {
        grow(bytes) {
          const wanted = bytes > SMALL_BODY_BYTES ? bytes : 0;
          if (taken - held + wanted > mostBytes) throw new AppError('overloaded', { retryAfterSeconds: RETRY_SECONDS });
          taken += wanted - held;
          held = wanted;
        },
        free() {
          taken -= held;
          held = 0;
        },
      };
    },
  };
}
