const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const BITS_PER_DIGIT = 5;

/**
 * Writes bytes as lower-case Crockford base32: no i, l, o or u, so that it survives being read aloud.
 *
 * @param leadingZeroBits Zero bits put in front; together with the bytes they must fill whole digits.
 * @throws RangeError where the bits do not fill whole digits.
 */
export const crockford = (bytes: Uint8Array, leadingZeroBits = 0): string => {
  if ((bytes.length * 8 + leadingZeroBits) % BITS_PER_DIGIT !== 0) {
    throw new RangeError(`${bytes.length} bytes and ${leadingZeroBits} bits do not fill whole base32 digits`);
  }
  let text = '';
  let pending = 0;
  let pendingBits = leadingZeroBits;
  for (const byte of bytes) {
    // Bits that were written stay in front and fall out at 32: nothing reads them again.
    pending = (pending << 8) | byte;
    pendingBits += 8;
    while (pendingBits >= BITS_PER_DIGIT) {
      pendingBits -= BITS_PER_DIGIT;
      text += ALPHABET.charAt((pending >> pendingBits) & 31);
    }
  }
  return text;
};
