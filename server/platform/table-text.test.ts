import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countByte, countLineBreaks, findTableText } from './table-text.ts';

const delimiters = [
  { text: 'name,email\nEva,e@a.example', delimiter: ',' },
  { text: 'name;email\nEva;e@a.example', delimiter: ';' },
  { text: 'name\temail\nEva\te@a.example', delimiter: '\t' },
  { text: 'email\na@b.example', delimiter: ',' },
  { text: '', delimiter: ',' },
  { text: 'Name, Vorname;E-Mail\nNovák, Eva;e@a.example', delimiter: ';' },
  { text: '"a;b;c",email\n"x;y;z",e@a.example', delimiter: ',' },
  { text: 'name,email,note\nEva,e@a.example,one; two\nJan,j@a.example,', delimiter: ',' },
  { text: '"name\n;";"x,""y";email\nEva;1;e@a.example', delimiter: ';' },
] as const;

const breaks = [
  { text: '', count: 0 },
  { text: 'a\nb\n', count: 2 },
  { text: 'a\r\nb\r\n', count: 2 },
  { text: 'a\rb\r', count: 2 },
  { text: 'a\n\r\nb\r\r\n', count: 4 },
];

describe('the text of a table', () => {
  for (const { text, delimiter } of delimiters) {
    it(`is divided by ${JSON.stringify(delimiter)}: ${JSON.stringify(text.slice(0, 24))}`, () =>
      assert.equal(findTableText(Buffer.from(text)).delimiter, delimiter));
  }

  for (const { text, count } of breaks) {
    it(`has ${count} line breaks in ${JSON.stringify(text)}`, () =>
      assert.equal(countLineBreaks(Buffer.from(text), 0, text.length), count));
  }

  it("follows a spreadsheet's directive, which is no row but a line", () => {
    const { body, delimiter, firstLine } = findTableText(Buffer.from('sep=;\r\nname,x,y;email\r\n'));
    assert.deepEqual([Buffer.from(body).toString(), delimiter, firstLine], ['name,x,y;email\r\n', ';', 2]);
  });

  it('is counted byte by byte', () => {
    assert.equal(countByte(Buffer.from(',a,,b,'), 0x2c), 4);
    assert.equal(countByte(Buffer.from('ab'), 0x2c), 0);
  });
});
