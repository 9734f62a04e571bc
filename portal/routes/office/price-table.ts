import type { Price, Product } from '../../../contract/catalogue.ts';

/** One row of the table of prices: a product and a term, with a price for each currency that has one. */
export interface PriceRow {
  readonly key: string;
  readonly productName: string;
  readonly termMonths: number;
  readonly unitPrices: Readonly<Record<string, number>>;
}

/** The currencies that anything is sold in. */
export function currenciesOf(prices: readonly Price[]): string[] {
  return [...new Set(prices.map(({ currency }) => currency))].sort();
}

/** Puts single prices into rows, in the order of the products and then of the terms. */
export function priceRows(products: readonly Product[], prices: readonly Price[]): PriceRow[] {
  return products.flatMap(({ id, name }) => {
    const own = prices.filter(({ productId }) => productId === id);
    const terms = [...new Set(own.map(({ termMonths }) => termMonths))].sort((one, other) => one - other);
    return terms.map((termMonths) => ({
      key: `${id} ${termMonths}`,
      productName: name,
      termMonths,
      unitPrices: Object.fromEntries(
        own
          .filter((price) => price.termMonths === termMonths)
          .map(({ currency, unitPriceMinor }) => [currency, unitPriceMinor]),
      ),
    }));
  });
}
