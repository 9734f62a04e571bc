import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { cellWidth, clip, printable, wrap } from './cell-text.ts';

for (const [text, width] of [
  ['Studio', 6],
  ['Žižkov', 6],
  ['Z\u030Ci', 2],
  ['建築', 4],
  ['🖊️🎉', 3],
] as const) {
  it(`counts ${width} cells for ${text}`, () => assert.equal(cellWidth(text), width));
}

it('never clips to more than there is room for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, cells) => {
      const clipped = clip(text, cells);
      assert.ok(cellWidth(clipped) <= cells);
      assert.ok(text.startsWith(clipped));
    }),
  );
});

it('wraps at spaces and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
      const lines = wrap(words.join(' '), 10);
      assert.equal(lines.join(' '), words.join(' '));
      assert.ok(lines.every((line) => line.length <= 10));
    }),
  );
});

it('takes out what steers a terminal', () => {
  assert.equal(printable('St\u001B[2Judio\u0007\u202E\n'), 'St[2Judio');
});
