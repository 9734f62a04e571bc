/** The 128 bits of an id as four words of 32 bits, the highest first. */
export type IdWords = Uint32Array;

const DIGITS = 26;
const NO_DIGIT = 0x80;
/** By code unit: any that a text can hold has its place, so that no look-up falls outside. */
const digitValue = new Uint8Array(65_536).fill(NO_DIGIT);
[...'0123456789abcdefghjkmnpqrstvwxyz'].forEach((digit, value) => {
  digitValue[digit.charCodeAt(0)] = value;
});

/** What {@link readId} read last. There is one, so that reading makes nothing. */
export const idWords: IdWords = new Uint32Array(4);

/**
 * Reads an id from its text, a TypeID (spec 0.3): 26 digits of five bits, of which the first two are zero.
 *
 * @param prefixLength Length of the prefix with its underscore; the prefix itself is not looked at.
 * @returns Whether there was one; {@link idWords} holds it then.
 */
export const readId = (text: string, prefixLength: number): boolean => readIdIn(text, 0, text.length, prefixLength);

/** The same from a longer text, in which the id begins at `start` and has this length with its prefix. */
export function readIdIn(text: string, start: number, length: number, prefixLength: number): boolean {
  if (length !== prefixLength + DIGITS) return false;
  const at = start + prefixLength;
  const d0 = digit(text, at);
  const d1to5 = fiveDigits(text, at + 1);
  const d6 = digit(text, at + 6);
  const d7to11 = fiveDigits(text, at + 7);
  const d12 = digit(text, at + 12);
  const d13 = digit(text, at + 13);
  const d14to18 = fiveDigits(text, at + 14);
  const d19 = digit(text, at + 19);
  const d20to24 = fiveDigits(text, at + 20);
  const d25 = digit(text, at + 25);
  idWords[0] = (d0 << 29) | (d1to5 << 4) | (d6 >>> 1);
  idWords[1] = (d6 << 31) | (d7to11 << 6) | (d12 << 1) | (d13 >>> 4);
  idWords[2] = (d13 << 28) | (d14to18 << 3) | (d19 >>> 2);
  idWords[3] = (d19 << 30) | (d20to24 << 5) | d25;
  // What is no digit has a bit of its own, and five of which one is none are negative.
  return d0 < 8 && ((d6 | d12 | d13 | d19 | d25) & NO_DIGIT) === 0 && (d1to5 | d7to11 | d14to18 | d20to24) >= 0;
}

const digit = (text: string, at: number): number => digitValue[text.charCodeAt(at)] as number;

function fiveDigits(text: string, at: number): number {
  const one = digit(text, at);
  const two = digit(text, at + 1);
  const three = digit(text, at + 2);
  const four = digit(text, at + 3);
  const last = digit(text, at + 4);
  if (((one | two | three | four | last) & NO_DIGIT) !== 0) return -1;
  return (one << 20) | (two << 15) | (three << 10) | (four << 5) | last;
}
