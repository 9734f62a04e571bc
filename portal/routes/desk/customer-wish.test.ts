import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { languageFor, wishOf } from './customer-wish.ts';

const languages = ['en', 'de', 'cs'] as const;
const facts = { typed: '', countries: [], locales: [], languages };

describe('wishOf', () => {
  const cases = [
    { what: 'a number', facts: { ...facts, typed: ' 10042 ' }, wish: { customerNumber: '10042', name: '' } },
    { what: 'a name', facts: { ...facts, typed: 'Büro 4' }, wish: { customerNumber: '', name: 'Büro 4' } },
    {
      what: 'the most frequent country of the other customers',
      facts: { ...facts, countries: ['DE', 'CZ', 'CZ'], locales: ['de-AT'] },
      wish: { country: 'CZ', language: 'cs' },
    },
    {
      what: 'the region of the browser for the first customer',
      facts: { ...facts, locales: ['de', 'de-AT', 'en-GB'] },
      wish: { country: 'AT', language: 'de' },
    },
    { what: 'something where nothing is known', facts, wish: { country: 'DE', language: 'de' } },
  ];
  for (const { what, facts: given, wish } of cases) {
    it(`starts with ${what}`, () => {
      const made = wishOf(given);
      assert.deepEqual({ ...made, ...wish }, made);
    });
  }
});

describe('languageFor', () => {
  it('is English where no other is spoken', () => assert.equal(languageFor('FR', languages), 'en'));
  it('is the first of the deployment where the own is missing', () => assert.equal(languageFor('CZ', ['de']), 'de'));
});
