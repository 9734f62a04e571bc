import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Price, Product } from '../../../contract/catalogue.ts';
import type { ProductId } from '../../../domain/id.ts';
import { currenciesOf, priceRows } from './price-table.ts';

// Ids of a test need no database; the brand is all that is missing.
const share = 'prod_share' as ProductId;
const server = 'prod_server' as ProductId;

function product(id: ProductId, name: string): Product {
  return {
    ...{ id, name, key: name, kind: 'namedLicence', termMonths: [], graceDays: 0, suspendedDays: 0, leaseHours: 24 },
    ...{ includedStorageBytes: 0, unitBytes: 0, review: 'none', proposal: 'none', retired: false },
  };
}

const prices: Price[] = [
  { productId: server, termMonths: 12, currency: 'EUR', unitPriceMinor: 145_000 },
  { productId: share, termMonths: 36, currency: 'EUR', unitPriceMinor: 97_200 },
  { productId: share, termMonths: 12, currency: 'CZK', unitPriceMinor: 890_000 },
  { productId: share, termMonths: 12, currency: 'EUR', unitPriceMinor: 36_000 },
];

describe('priceRows', () => {
  const rows = priceRows([product(share, 'Share'), product(server, 'Server')], prices);

  it('goes by product, then by term', () =>
    assert.deepEqual(
      rows.map(({ productName, termMonths }) => [productName, termMonths]),
      [
        ['Share', 12],
        ['Share', 36],
        ['Server', 12],
      ],
    ));

  it('has the currencies of a term side by side', () =>
    assert.deepEqual(rows[0]?.unitPrices, { CZK: 890_000, EUR: 36_000 }));
});

describe('currenciesOf', () => {
  it('names each once', () => assert.deepEqual(currenciesOf(prices), ['CZK', 'EUR']));
});
