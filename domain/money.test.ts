import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, currencyMinorDigits, discounted, isCurrency, money, multiply, sum } from './money.ts';

const amount = fc.maxSafeInteger();
const smallAmount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const basisPoints = fc.integer({ min: 0, max: 10_000 });

test('minor digits are those of ISO 4217, as Intl has them for what is written by decimals', () => {
  for (const [currency, digits] of Object.entries(currencyMinorDigits)) {
    const known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().minimumFractionDigits;
    // Intl follows CLDR, where the forint is written without its fillér.
    assert.equal(digits, currency === 'HUF' ? 2 : known, currency);
  }
});

for (const [text, expected] of [
  ['EUR', true],
  ['eur', false],
  ['XYZ', false],
  ['', false],
  ['toString', false],
] as const) {
  test(`'${text}' is ${expected ? 'a' : 'no'} currency in use`, () => assert.equal(isCurrency(text), expected));
}

test('adding is exact or throws, and its order does not matter', () => {
  fc.assert(
    fc.property(amount, amount, (one, other) => {
      const exact = BigInt(one) + BigInt(other);
      if (exact > BigInt(Number.MAX_SAFE_INTEGER) || exact < BigInt(Number.MIN_SAFE_INTEGER)) {
        assert.throws(() => add(money(one, 'EUR'), money(other, 'EUR')), RangeError);
        return;
      }
      assert.equal(BigInt(add(money(one, 'EUR'), money(other, 'EUR')).amountMinor), exact);
      assert.deepEqual(add(money(other, 'EUR'), money(one, 'EUR')), add(money(one, 'EUR'), money(other, 'EUR')));
    }),
  );
});

test('multiplying is adding again and again', () => {
  fc.assert(
    fc.property(smallAmount, fc.integer({ min: 0, max: 50 }), (price, times) => {
      const one = money(price, 'CZK');
      assert.deepEqual(
        multiply(one, times),
        sum(
          Array.from({ length: times }, () => one),
          'CZK',
        ),
      );
    }),
  );
});

test('a discount is never more than half a minor unit away from the exact price', () => {
  fc.assert(
    fc.property(amount, basisPoints, (price, off) => {
      const exact = BigInt(price) * BigInt(10_000 - off);
      const error = BigInt(discounted(money(price, 'EUR'), off).amountMinor) * 10_000n - exact;
      assert.ok(error >= -5_000n && error <= 5_000n);
      if (error === 5_000n) assert.ok(exact > 0n, 'a half goes up above zero only');
      if (error === -5_000n) assert.ok(exact < 0n, 'a half goes down below zero only');
    }),
  );
});

test('a discount treats a credit as it treats a debt', () => {
  fc.assert(
    fc.property(amount, basisPoints, (price, off) => {
      const paid = discounted(money(price, 'EUR'), off).amountMinor;
      assert.equal(paid + discounted(money(-price, 'EUR'), off).amountMinor, 0);
    }),
  );
});

test('a larger discount never makes it dearer, and none or all of it are exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), basisPoints, basisPoints, (price, one, other) => {
      const [less, more] = one < other ? [one, other] : [other, one];
      assert.ok(discounted(money(price, 'EUR'), more).amountMinor <= discounted(money(price, 'EUR'), less).amountMinor);
      assert.equal(discounted(money(price, 'EUR'), 0).amountMinor, price);
      assert.equal(discounted(money(price, 'EUR'), 10_000).amountMinor, 0);
    }),
  );
});

const halves = [
  [1, 5_000, 1],
  [-1, 5_000, -1],
  [3, 5_000, 2],
  [-3, 5_000, -2],
  [100, 125, 99],
  [10_050, 1_000, 9_045],
  [1, 5_001, 0],
] as const;

for (const [price, off, paid] of halves) {
  test(`${off} basis points off ${price} are ${paid}`, () =>
    assert.deepEqual(discounted(money(price, 'EUR'), off), money(paid, 'EUR')));
}

test('what is no exact money throws', () => {
  for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    assert.throws(() => money(wrong, 'EUR'), RangeError);
  for (const wrong of [-1, 10_001, 0.5]) assert.throws(() => discounted(money(1, 'EUR'), wrong), RangeError);
  assert.throws(() => add(money(1, 'EUR'), money(1, 'CZK')), RangeError);
  assert.throws(() => multiply(money(Number.MAX_SAFE_INTEGER, 'EUR'), 2), RangeError);
  assert.throws(() => multiply(money(1, 'EUR'), 1.5), RangeError);
});
