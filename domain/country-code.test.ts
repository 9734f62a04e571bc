import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCountryCode } from './country-code.ts';

const cases = [
  { text: 'CZ', code: 'CZ' },
  { text: ' de ', code: 'DE' },
  { text: 'GB', code: 'GB' },
  { text: 'UK', code: undefined },
  { text: 'EU', code: undefined },
  { text: 'CZE', code: undefined },
  { text: 'Česko', code: undefined },
  { text: '', code: undefined },
];

describe('a country code', () => {
  for (const { text, code } of cases) {
    it(`${code === undefined ? 'refuses' : 'reads'} ${JSON.stringify(text)}`, () =>
      assert.equal(parseCountryCode(text), code));
  }

  it('knows each of the 249 assigned codes', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const pairs = letters.flatMap((first) => letters.map((second) => first + second));
    assert.equal(pairs.filter((pair) => parseCountryCode(pair) !== undefined).length, 249);
  });
});
