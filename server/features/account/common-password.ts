import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Bytes of a password's SHA-256 that are kept: enough that no other one is taken for it, too few to be of use elsewhere. */
const KEPT_BYTES = 6;

/** How a password stands in the list. */
export const markOf = (plain: string): string =>
  createHash('sha256').update(plain).digest().subarray(0, KEPT_BYTES).toString('base64url');

let marks: ReadonlySet<string> | undefined;

/**
 * Whether a password is among the ten thousand of ten and more characters that were found most often where passwords
 * were stolen.
 *
 * `tools/common-passwords.ts` writes the list; it holds hashes, so that nobody has to read what people typed.
 *
 * @param plain In small letters and without spaces.
 */
export function isStolenOften(plain: string): boolean {
  marks ??= new Set(readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8').split('\n'));
  return marks.has(markOf(plain));
}
