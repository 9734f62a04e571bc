import { randomInt } from 'node:crypto';

/** Consonants alone: no word comes about, and no letter looks like a digit (RFC 8628 section 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** A new code for people to type, such as `BDWP-HQPK`: one of 25 thousand million. */
export function newUserCode(): string {
  return grouped(Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''));
}

/** Reads a code as people type it, in capitals or not, with whatever between its letters; undefined where it is none. */
export function parseUserCode(text: string): string | undefined {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
    ? grouped(letters)
    : undefined;
}

const grouped = (letters: string): string => `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
