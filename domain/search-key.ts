declare const brand: unique symbol;

/** The form in which names are searched and sorted: small letters without marks, words apart by one space. Never shown. */
export type SearchKey = string & { readonly [brand]: 'SearchKey' };

/** Letters that carry their mark inside, so that no Unicode form takes it off. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'a', œ: 'o', ł: 'l', đ: 'd', þ: 'th', ı: 'i' };
const MARKED = /[ßøæœłđþı]/g;
const MARKS = /\p{M}/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
/** How people write an umlaut on a keyboard that has none. */
const SPELLED_UMLAUT = /([aou])e/g;

/**
 * The key by which a name is found: case, marks and signs don't count, and `Mueller` finds `Müller`.
 *
 * The key of a part of a name is a part of the name's key wherever the part begins and ends at whole letters.
 */
export const searchKey = (name: string): SearchKey => {
  const plain = name
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .toLowerCase()
    .replaceAll(MARKED, (letter) => PLAIN[letter] ?? letter)
    .replaceAll(NOT_WORD, ' ')
    .trim();
  // The one place that makes a SearchKey.
  return plain.replaceAll(SPELLED_UMLAUT, '$1') as SearchKey;
};
