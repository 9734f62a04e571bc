import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeFileText } from './file-text.ts';

const text = (bytes: Uint8Array): string | undefined => {
  const decoded = decodeFileText(bytes);
  return decoded === undefined ? undefined : Buffer.from(decoded).toString();
};

/** The bytes of a text in a code page: the inverse of the decoder, letter by letter. */
const encode = (words: string, codePage: string): Uint8Array => {
  const decoder = new TextDecoder(codePage);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...words].map((letter) => bytes.get(letter) ?? assert.fail(`${letter} in ${codePage}`)));
};

const codePages = [
  { codePage: 'windows-1250', words: 'Jméno;Příjmení\r\nVěra;Říha\r\nČeněk;Růžička\r\nJiří;Šťastná' },
  { codePage: 'windows-1250', words: 'Ondřej' },
  { codePage: 'windows-1250', words: 'Krejčí' },
  { codePage: 'windows-1250', words: 'Čermák' },
  { codePage: 'windows-1250', words: 'Łukasz Wójcik\nPaweł Dąbrowski\nŻaneta Zając' },
  { codePage: 'windows-1250', words: 'Gergő Kovács\nDezső Szűcs' },
  { codePage: 'windows-1250', words: 'Ľubomír Kováč\nĽudovít Ďurica' },
  { codePage: 'windows-1252', words: 'Jürgen Groß\nSören Müller' },
  { codePage: 'windows-1252', words: 'Hélène Lefèvre' },
  { codePage: 'windows-1252', words: 'Héloïse Jäger' },
  { codePage: 'windows-1252', words: 'Jørgen Sørensen\nÅse Bjørnstad' },
  { codePage: 'windows-1252', words: 'Íñigo Núñez\nBegoña Muñoz' },
  { codePage: 'windows-1252', words: 'João Magalhães\nConceição Simões' },
  { codePage: 'windows-1252', words: 'Françoise Bâtard\nBenoît Prêtre' },
  { codePage: 'windows-1252', words: 'Søren; 50 m²' },
];

describe('the text of a file', () => {
  for (const { codePage, words } of codePages) {
    it(`is told to be ${codePage}: ${words.split(/[\r\n]/)[0]}`, () =>
      assert.equal(text(encode(words, codePage)), words));
  }

  it('is told by its first letters beyond ASCII, however late they come', () => {
    const words = `${'Eva Novak\n'.repeat(10_000)}Jiří Čeněk`;
    assert.equal(text(encode(words, 'windows-1250')), words);
  });

  it('is read from UTF-8 and UTF-16, and its mark is dropped', () => {
    const words = 'Žofie;Łukasz;小林';
    assert.equal(text(Buffer.from(words)), words);
    assert.equal(text(Buffer.from(`\uFEFF${words}`)), words);
    assert.equal(text(Buffer.from(`\uFEFF${words}`, 'utf16le')), words);
    assert.equal(text(Buffer.from(`\uFEFF${words}`, 'utf16le').swap16()), words);
  });

  it('may be empty, and may end as very old files do', () => {
    assert.equal(text(new Uint8Array()), '');
    assert.equal(text(Buffer.from('a\u001a')), 'a');
  });

  const binaries = {
    'a NUL': Buffer.from('a\u0000b'),
    'a control character': Buffer.from('a\u0007b'),
    'a mark of UTF-8 before other bytes': Buffer.from([0xef, 0xbb, 0xbf, 0xe8]),
    'half a letter in UTF-16': Buffer.from([0xff, 0xfe, 0x41]),
    'a surrogate alone in UTF-16': Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]),
    'UTF-16 without its mark': Buffer.from('name', 'utf16le'),
  };
  for (const [what, bytes] of Object.entries(binaries)) {
    it(`is not seen in ${what}`, () => assert.equal(decodeFileText(bytes), undefined));
  }
});
