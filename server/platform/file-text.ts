import { isUtf8 } from 'node:buffer';

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_MARKS = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
] as const;

/** Letters that both code pages could mean but names hardly have: each makes its reading less likely. */
const RARE_LETTERS = { 'windows-1250': 'ŕĺăđţďęńľŔĹĂĐŢĎ', 'windows-1252': 'ìòõùûðþÈÌÒÕÙÛÐÞØ' } as const;
type CodePage = keyof typeof RARE_LETTERS;
/** How much of a file is weighed to tell its code page, from its first letter beyond ASCII on. */
const SAMPLE_BYTES = 64 * 1024;
const FIRST_BEYOND_ASCII = 0x80;

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

const isVowel = (letter: string): boolean => /^[aeiouyøæœ]/.test(letter.toLowerCase().normalize('NFD'));
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /^[\p{Lu}\p{Ll}]$/u.test(character);

/** A vowel between vowels, or a consonant between consonants, is a sign of the wrong code page: "Jiøí", "Hélčne". */
const misfits = (before: string, letter: string, after: string): number => {
  const neighbours = [before, after].filter(isLetter);
  if (isVowel(letter)) return neighbours.filter(isVowel).length;
  return neighbours.some(isVowel) ? 0 : 1;
};

const implausibility = (text: string, codePage: CodePage): number => {
  let sum = 0;
  for (const { 0: letter, index } of text.matchAll(/[\u0080-\uFFFF]/g)) {
    if (!isLetter(letter)) sum += 3;
    else {
      sum += misfits(text[index - 1] ?? '', letter, text[index + 1] ?? '');
      if (RARE_LETTERS[codePage].includes(letter)) sum += 1;
    }
  }
  return sum;
};

const guessCodePage = (bytes: Uint8Array): CodePage => {
  const first = bytes.findIndex((byte) => byte >= FIRST_BEYOND_ASCII);
  const sample = bytes.subarray(Math.max(0, first - 1), first + SAMPLE_BYTES);
  const [central, western] = (['windows-1250', 'windows-1252'] as const).map((codePage) =>
    implausibility(new TextDecoder(codePage).decode(sample), codePage),
  );
  return (central ?? 0) < (western ?? 0) ? 'windows-1250' : 'windows-1252';
};

const decodeStrictly = (bytes: Uint8Array, label: string): string | undefined => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    // The decoder's only way to say that the bytes are no text of this encoding.
    return undefined;
  }
};

const decode = (bytes: Uint8Array): Uint8Array | undefined => {
  for (const { mark, label } of UTF16_MARKS) {
    if (!startsWith(bytes, mark)) continue;
    const text = decodeStrictly(bytes, label);
    return text === undefined ? undefined : Buffer.from(text);
  }
  const marked = startsWith(bytes, UTF8_MARK);
  const body = marked ? bytes.subarray(UTF8_MARK.length) : bytes;
  if (isUtf8(body)) return body;
  return marked ? undefined : Buffer.from(new TextDecoder(guessCodePage(body)).decode(body));
};

/** Ends a text file on very old systems. */
const END_OF_TEXT = 0x1a;
const DELETE = 0x7f;
const WHITE_SPACE = [...'\t\n\v\f\r'].map((control) => control.charCodeAt(0));
const CONTROLS = [...Array(0x20).keys(), DELETE].filter((byte) => !WHITE_SPACE.includes(byte));

/** One native search for each control: many times as fast as a look at each byte. */
const hasControl = (text: Uint8Array): boolean => {
  const buffer = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  return CONTROLS.some((control) => buffer.includes(control));
};

/**
 * Reads the bytes of a file as text, whatever wrote it.
 *
 * UTF-8 with or without a mark and UTF-16 with one are certain. Other bytes are Windows-1250 or Windows-1252
 * (Central or Western European), told apart by which reading gives letters that stand together in words.
 *
 * @returns The text in UTF-8 without a mark, or undefined where the bytes are no text.
 */
export const decodeFileText = (bytes: Uint8Array): Uint8Array | undefined => {
  const decoded = decode(bytes);
  const text = decoded?.at(-1) === END_OF_TEXT ? decoded.subarray(0, -1) : decoded;
  return text === undefined || hasControl(text) ? undefined : text;
};
