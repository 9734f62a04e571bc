import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCustomerNumber } from './customer-number.ts';

const cases = [
  { text: '100000', number: '100000' },
  { text: ' 107919\t', number: '107919' },
  { text: '0042', number: '0042' },
  { text: '123456789012', number: '123456789012' },
  { text: '123', number: undefined },
  { text: '1234567890123', number: undefined },
  { text: '10 0000', number: undefined },
  { text: '-1000', number: undefined },
  { text: '1e10', number: undefined },
  { text: '١٢٣٤', number: undefined },
  { text: '', number: undefined },
];

describe('a customer number', () => {
  for (const { text, number } of cases) {
    it(`${number === undefined ? 'refuses' : 'reads'} ${JSON.stringify(text)}`, () =>
      assert.equal(parseCustomerNumber(text), number));
  }
});
