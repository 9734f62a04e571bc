/** The 128 bits of an id as four words of 32 bits, the highest first. */
export type IdWords = Uint32Array;

const DIGITS = 26;
const NO_DIGIT = 0x80;
const digitValue = new Uint8Array(256).fill(NO_DIGIT);
[...'0123456789abcdefghjkmnpqrstvwxyz'].forEach((digit, value) => {
  digitValue[digit.charCodeAt(0)] = value;
});

/** What {@link readId} and {@link readIdBytes} read last. There is one, so that reading makes nothing. */
export const idWords: IdWords = new Uint32Array(4);

const digits = new Uint8Array(DIGITS);

/**
 * Reads an id from its text, a TypeID (spec 0.3).
 *
 * @param prefixLength Length of the prefix with its underscore; the prefix itself is not looked at.
 * @returns Whether there was one; {@link idWords} holds it then.
 */
export function readId(text: string, prefixLength: number): boolean {
  if (text.length !== prefixLength + DIGITS) return false;
  for (let index = 0; index < DIGITS; index += 1) {
    const code = text.charCodeAt(prefixLength + index);
    digits[index] = code < 256 ? code : 0;
  }
  return readDigits(digits, 0);
}

/** The same from bytes of ASCII. */
export function readIdBytes(bytes: Uint8Array, start: number, length: number, prefixLength: number): boolean {
  return length === prefixLength + DIGITS && readDigits(bytes, start + prefixLength);
}

/**
 * Takes 26 digits of five bits: 130 bits, of which the first two are zero.
 *
 * A digit that is none has the bit of {@link NO_DIGIT}, which no sum of digits loses.
 */
function readDigits(bytes: Uint8Array, start: number): boolean {
  const value = (index: number) => digitValue[bytes[start + index] as number] as number;
  const d0 = value(0);
  const d6 = value(6);
  const d12 = value(12);
  const d13 = value(13);
  const d19 = value(19);
  const first = five(bytes, start + 1);
  const second = five(bytes, start + 7);
  const third = five(bytes, start + 14);
  const fourth = five(bytes, start + 20);
  const d25 = value(25);
  idWords[0] = (d0 << 29) | (first << 4) | (d6 >>> 1);
  idWords[1] = (d6 << 31) | (second << 6) | (d12 << 1) | (d13 >>> 4);
  idWords[2] = (d13 << 28) | (third << 3) | (d19 >>> 2);
  idWords[3] = (d19 << 30) | (fourth << 5) | d25;
  return d0 < 8 && ((d6 | d12 | d13 | d19 | d25) & NO_DIGIT) === 0 && (first | second | third | fourth) >= 0;
}

/** Five digits as 25 bits; negative where one is none. */
function five(bytes: Uint8Array, at: number): number {
  const one = digitValue[bytes[at] as number] as number;
  const two = digitValue[bytes[at + 1] as number] as number;
  const three = digitValue[bytes[at + 2] as number] as number;
  const four = digitValue[bytes[at + 3] as number] as number;
  const last = digitValue[bytes[at + 4] as number] as number;
  if (((one | two | three | four | last) & NO_DIGIT) !== 0) return -1;
  return (one << 20) | (two << 15) | (three << 10) | (four << 5) | last;
}
