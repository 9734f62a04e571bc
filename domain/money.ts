/** Minor digits of the currencies in use (ISO 4217). A currency that is missing here can't be sold in. */
export const currencyMinorDigits = { CHF: 2, CZK: 2, EUR: 2, GBP: 2, HUF: 2, JPY: 0, USD: 2 } as const;

/** An ISO 4217 code that is in use. */
export type Currency = keyof typeof currencyMinorDigits;

/** An amount in the currency's minor unit (cents, or yen): a safe integer, never a fraction. May be negative. */
export type Money = { readonly amountMinor: number; readonly currency: Currency };

const WHOLE_BASIS_POINTS = 10_000;

const fromBigInt = (amount: bigint, currency: Currency): Money => {
  const amountMinor = Number(amount);
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`An amount in ${currency} is too large to be exact`);
  return { amountMinor, currency };
};

/** Whether a text is the code of a currency in use. */
export const isCurrency = (text: string): text is Currency => Object.hasOwn(currencyMinorDigits, text);

/**
 * Makes an amount of money.
 *
 * @throws RangeError where the amount is no safe integer.
 */
export const money = (amountMinor: number, currency: Currency): Money => {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`${amountMinor} is no whole number of minor units`);
  return { amountMinor, currency };
};

/**
 * Adds two amounts.
 *
 * @throws RangeError where the currencies differ or the sum is no safe integer.
 */
export const add = (one: Money, other: Money): Money => {
  if (one.currency !== other.currency) throw new RangeError(`${one.currency} and ${other.currency} don't add up`);
  return fromBigInt(BigInt(one.amountMinor) + BigInt(other.amountMinor), one.currency);
};

/** Adds any number of amounts in one currency; nothing adds up to zero. */
export const sum = (amounts: readonly Money[], currency: Currency): Money => amounts.reduce(add, money(0, currency));

/**
 * Multiplies an amount by a whole number, such as a quantity.
 *
 * @throws RangeError where the number is not whole or the product is no safe integer.
 */
export const multiply = ({ amountMinor, currency }: Money, times: number): Money =>
  fromBigInt(BigInt(amountMinor) * BigInt(times), currency);

/**
 * Takes a discount off an amount, rounded half away from zero at the minor unit.
 *
 * The price after the discount is what is rounded, not the discount: 1.25 % off 1.00 is 98.75 cents, so 0.99.
 *
 * @param basisPoints Hundredths of a per cent, 0 to 10 000.
 * @throws RangeError where the basis points are outside that range or not whole.
 */
export const discounted = ({ amountMinor, currency }: Money, basisPoints: number): Money => {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > WHOLE_BASIS_POINTS) {
    throw new RangeError(`${basisPoints} is no discount in basis points`);
  }
  const exact = BigInt(amountMinor) * BigInt(WHOLE_BASIS_POINTS - basisPoints);
  const half = BigInt(exact < 0n ? -WHOLE_BASIS_POINTS : WHOLE_BASIS_POINTS) / 2n;
  return fromBigInt((exact + half) / BigInt(WHOLE_BASIS_POINTS), currency);
};
