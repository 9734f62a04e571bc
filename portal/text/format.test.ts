import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeFormat } from './format.ts';

const gibibyte = 1024 ** 3;

function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

describe('bytes', () => {
  const cases = [
    { count: 0, text: '0 B' },
    { count: 1023, text: '1,023 B' },
    { count: 1024, text: '1 KiB' },
    { count: 2 * gibibyte, text: '2 GiB' },
    { count: 82 * gibibyte, text: '82 GiB' },
    { count: 1.5 * 1024 * gibibyte, text: '1.5 TiB' },
  ];
  for (const { count, text } of cases) {
    it(`shows ${count} as ${text}`, () => assert.equal(plain(makeFormat('en-GB').bytes(count)), text));
  }
});

describe('money', () => {
  const cases = [
    { locale: 'en-GB', amountMinor: 123_450, currency: 'EUR', text: '€1,234.50' },
    { locale: 'de-DE', amountMinor: 123_450, currency: 'EUR', text: '1.234,50 €' },
    { locale: 'cs-CZ', amountMinor: 1_000_00, currency: 'CZK', text: '1 000,00 Kč' },
    { locale: 'en-GB', amountMinor: 500, currency: 'JPY', text: 'JP¥500' },
  ];
  for (const { locale, amountMinor, currency, text } of cases) {
    it(`shows ${amountMinor} minor units of ${currency} as ${text} in ${locale}`, () =>
      assert.equal(plain(makeFormat(locale).money(amountMinor, currency)), text));
  }
});

describe('day', () => {
  it('stays the same day in every time zone', () => assert.equal(makeFormat('en-GB').day('2027-01-31'), '31 Jan 2027'));
});

describe('distance', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const cases = [
    { at: '2026-11-24T11:59:40Z', text: 'now' },
    { at: '2026-11-24T11:57:00Z', text: '3 minutes ago' },
    { at: '2026-11-24T14:30:00Z', text: 'in 2 hours' },
    { at: '2026-11-23T12:00:00Z', text: 'yesterday' },
    { at: '2026-11-03T12:00:00Z', text: '3 weeks ago' },
    { at: '2027-11-25T12:00:00Z', text: 'next year' },
  ];
  for (const { at, text } of cases) {
    it(`shows ${at} as ${text}`, () => assert.equal(makeFormat('en-GB').distance(new Date(at), now), text));
  }
});

describe('to the second', () => {
  const now = new Date(2026, 10, 24, 18, 0, 0);
  const cases = [
    { what: 'the same day', at: new Date(2026, 10, 24, 10, 41, 7), text: '10:41:07' },
    { what: 'another day', at: new Date(2026, 10, 23, 10, 41, 7), text: '23 Nov 2026, 10:41' },
  ];
  for (const { what, at, text } of cases) {
    it(`shows a moment of ${what} as ${text}`, () => assert.equal(makeFormat('en-GB').second(at, now), text));
  }
});
