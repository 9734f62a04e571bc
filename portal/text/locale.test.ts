import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { localeOf, preferredLanguage } from './locale.ts';

describe('preferredLanguage', () => {
  const cases = [
    { wishes: ['de-AT', 'en'], language: 'de' },
    { wishes: ['fr-FR', 'cs'], language: 'cs' },
    { wishes: ['CS-cz'], language: 'cs' },
    { wishes: ['fr'], language: 'en' },
    { wishes: ['den-CA'], language: 'en' },
    { wishes: [], language: 'en' },
  ] as const;
  for (const { wishes, language } of cases) {
    it(`is ${language} for [${wishes.join(', ')}]`, () => assert.equal(preferredLanguage(wishes), language));
  }
});

describe('localeOf', () => {
  const cases = [
    { language: 'de', wishes: ['en-US', 'de-AT'], locale: 'de-AT' },
    { language: 'de', wishes: ['de'], locale: 'de-DE' },
    { language: 'en', wishes: ['en', 'en-IE'], locale: 'en-IE' },
    { language: 'cs', wishes: ['de-DE'], locale: 'cs-CZ' },
    { language: 'en', wishes: ['en-US@posix'], locale: 'en-GB' },
  ] as const;
  for (const { language, wishes, locale } of cases) {
    it(`is ${locale} for ${language} with [${wishes.join(', ')}]`, () =>
      assert.equal(localeOf(language, wishes), locale));
  }
});
