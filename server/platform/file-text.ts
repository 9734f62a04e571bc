import { isUtf8 } from 'node:buffer';

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_MARKS = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
] as const;

/** Letters that both code pages could mean but names hardly have: each makes its reading less likely. */
const RARE_LETTERS = { 'windows-1250': 'ŕĺăđţďęńľŔĹĂĐŢĎ', 'windows-1252': 'ìòõùûðþÈÌÒÕÙÛÐÞØ' } as const;
type CodePage = keyof typeof RARE_LETTERS;
/** How much of a file is weighed to tell its code page. */
const SAMPLE_BYTES = 256 * 1024;

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
  const sample = bytes.subarray(0, SAMPLE_BYTES);
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

const LAST_CONTROL = 0x1f;
const ALLOWED_CONTROLS = [...'\t\n\v\f\r'].map((control) => control.charCodeAt(0));
const DELETE = 0x7f;
/** Ends a text file on very old systems. */
const END_OF_TEXT = 0x1a;

const isControl = (byte: number): boolean =>
  (byte <= LAST_CONTROL && !ALLOWED_CONTROLS.includes(byte)) || byte === DELETE;

/**
 * Reads the bytes of a file as text, whatever wrote it.
 *
 * UTF-8 with or without a mark and UTF-16 with one are certain. Other bytes are Windows-1250 or Windows-1252
 * (Central or Western European), told apart by which reading gives letters that stand together in words.
 *
 * @returns The text in UTF-8 without a mark, or undefined where the bytes are no text.
 */
export const decodeFileText = (bytes: Uint8Array): Uint8Array | undefined => {
  const text = decode(bytes.at(-1) === END_OF_TEXT ? bytes.subarray(0, -1) : bytes);
  return text?.some(isControl) ? undefined : text;
};
