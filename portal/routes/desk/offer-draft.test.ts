import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Product } from '../../../contract/catalogue.ts';
import { parseCalendarDate } from '../../../domain/calendar-date.ts';
import type { ProductId } from '../../../domain/id.ts';
import type { DraftValues, PriceList } from './offer-draft.ts';
import { linesOf, priceDraft, termsOnOffer, unitPriceOf } from './offer-draft.ts';

// Ids of a test need no database; the brand is all that is missing.
const share = 'prod_01h455vb4pex5vsknk084sn02q' as ProductId;
const storage = 'prod_01h455vb4pex5vsknk084sn02r' as ProductId;
const gibibyte = 1024 ** 3;

const today = parseCalendarDate('2026-11-24');
assert.ok(today);

const policy = {
  termMonths: [12, 36],
  graceDays: 30,
  suspendedDays: 90,
  leaseHours: 24,
  review: 'none',
  proposal: 'none',
  retired: false,
} as const;

const products: Product[] = [
  {
    ...policy,
    termMonths: [12, 36],
    id: share,
    key: 'share',
    name: 'Share',
    kind: 'namedLicence',
    includedStorageBytes: 10 * gibibyte,
    unitBytes: 0,
  },
  {
    ...policy,
    termMonths: [12],
    id: storage,
    key: 'storage',
    name: 'Storage',
    kind: 'storage',
    includedStorageBytes: 0,
    unitBytes: 100 * gibibyte,
  },
];

const priceList: PriceList = {
  products,
  prices: [
    { productId: share, termMonths: 12, currency: 'EUR', unitPriceMinor: 36_000 },
    { productId: share, termMonths: 36, currency: 'EUR', unitPriceMinor: 97_200 },
    { productId: share, termMonths: 24, currency: 'CZK', unitPriceMinor: 1_690_000 },
    { productId: storage, termMonths: 12, currency: 'EUR', unitPriceMinor: 12_000 },
  ],
  currency: 'EUR',
  discountLimitBasisPoints: 1_500,
  freeStorageBytes: 2 * gibibyte,
  offerValidDays: 30,
};

const draft: DraftValues = {
  termMonths: 12,
  lines: [
    { productId: share, quantity: 20, discountPercent: 12.5 },
    { productId: storage, quantity: '', discountPercent: '' },
  ],
  validUntil: '2026-12-24',
  message: '',
};

describe('linesOf', () => {
  it('leaves out what has no number', () =>
    assert.deepEqual(linesOf(draft), [{ productId: share, termMonths: 12, quantity: 20, discountBasisPoints: 1_250 }]));
});

describe('priceDraft', () => {
  it('prices by the rule of the server', () => {
    const priced = priceDraft(draft, priceList, today);
    assert.ok(priced.ok);
    assert.deepEqual(priced.value.total, { amountMinor: 630_000, currency: 'EUR' });
    assert.equal(priced.value.storageBytes, 200 * gibibyte);
  });

  const refusals = [
    { what: 'nothing', values: { ...draft, lines: [] }, reason: 'noLines' },
    { what: 'a date that is past', values: { ...draft, validUntil: '2026-11-23' }, reason: 'validUntilPast' },
    { what: 'no date', values: { ...draft, validUntil: '' }, reason: 'validUntilPast' },
    {
      what: 'a discount above the limit',
      values: { ...draft, lines: [{ productId: share, quantity: 1, discountPercent: 15.01 }] },
      reason: 'discountOverLimit',
    },
    {
      what: 'a term that the product is not sold for',
      values: { ...draft, termMonths: 36, lines: [{ productId: storage, quantity: 1, discountPercent: 0 }] },
      reason: 'termNotOffered',
    },
  ];
  for (const { what, values, reason } of refusals) {
    it(`refuses ${what}`, () => {
      const priced = priceDraft(values, priceList, today);
      assert.ok(!priced.ok);
      assert.equal(priced.reason, reason);
    });
  }
});

describe('termsOnOffer', () => {
  it('has the terms of the own currency, each once', () => assert.deepEqual(termsOnOffer(priceList), [12, 36]));
});

describe('unitPriceOf', () => {
  it('is the price of that term', () => assert.equal(unitPriceOf(priceList, share, 36), 97_200));
  it('is nothing for a term that is not sold', () => assert.equal(unitPriceOf(priceList, storage, 36), undefined));
});
