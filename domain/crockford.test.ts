import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { crockford } from './crockford.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const readBack = (text: string): bigint =>
  [...text].reduce((value, digit) => value * 32n + BigInt(ALPHABET.indexOf(digit)), 0n);

const asNumber = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);

test('base32 digits read back as the number that the bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
      const text = crockford(bytes);
      assert.equal(text.length, 8);
      assert.equal(readBack(text), asNumber(bytes));
    }),
  );
});

test('leading zero bits fill the first digit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const text = crockford(bytes, 2);
      assert.equal(text.length, 26);
      assert.equal(readBack(text), asNumber(bytes));
    }),
  );
});

test('bits that do not fill whole digits are refused', () => {
  assert.throws(() => crockford(new Uint8Array(16)), RangeError);
});
