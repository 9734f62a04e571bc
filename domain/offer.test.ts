import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './calendar-date.ts';
import { discounted, money, multiply, sum } from './money.ts';
import type { OfferAnswer, OfferLineRequest, OfferRequest, OfferStanding, OfferTerms } from './offer.ts';
import {
  decideAccept,
  decideCancel,
  decideChange,
  decideOfferDraft,
  decideReject,
  decideSend,
  findUnitPrice,
  offerLimits,
  offerPhase,
  offerStates,
} from './offer.ts';
import { defaultPolicy } from './product.ts';
import { anyDay, day, idOf } from './tests/values.ts';

const GIBIBYTE = 1024 ** 3;
const share = idOf('prod', 1);
const storage = idOf('prod', 2);
const today = day('2026-11-24');

const terms: OfferTerms = {
  products: [
    { id: share, kind: 'namedLicence', policy: { ...defaultPolicy('namedLicence'), termMonths: [12, 36] } },
    { id: storage, kind: 'storage', policy: { ...defaultPolicy('storage'), unitBytes: 100 * GIBIBYTE } },
  ],
  priceList: [
    { productId: share, termMonths: 12, currency: 'EUR', unitPriceMinor: 19_900 },
    { productId: share, termMonths: 12, currency: 'CZK', unitPriceMinor: 499_900 },
    { productId: storage, termMonths: 12, currency: 'EUR', unitPriceMinor: 4_999 },
  ],
  discountLimitBasisPoints: 1_500,
  today,
};

const line = (differing: Partial<OfferLineRequest> = {}): OfferLineRequest => ({
  productId: share,
  quantity: 12,
  termMonths: 12,
  discountBasisPoints: 0,
  ...differing,
});

const request = (differing: Partial<OfferRequest> = {}): OfferRequest => ({
  currency: 'EUR',
  validUntil: today,
  lines: [line()],
  ...differing,
});

test('an offer is priced line by line, with the storage that comes along', () => {
  const lines = [line({ discountBasisPoints: 1_250 }), line({ productId: storage, quantity: 3 })];
  const draft = decideOfferDraft(request({ lines }), terms);
  assert.ok(draft.ok);
  assert.deepEqual(
    draft.value.lines.map(({ unitPrice, price, storageBytes }) => [
      unitPrice.amountMinor,
      price.amountMinor,
      storageBytes,
    ]),
    [
      [19_900, 208_950, 120 * GIBIBYTE],
      [4_999, 14_997, 300 * GIBIBYTE],
    ],
  );
  assert.deepEqual(draft.value.total, money(223_947, 'EUR'));
  assert.equal(draft.value.storageBytes, 420 * GIBIBYTE);
});

const refusals: readonly (readonly [string, OfferRequest, string, Record<string, number>])[] = [
  ['no lines', request({ lines: [] }), 'noLines', {}],
  [
    'too many lines',
    request({ lines: Array.from({ length: 21 }, () => line()) }),
    'tooManyLines',
    { limit: offerLimits.lines },
  ],
  ['a day that is over', request({ validUntil: addDays(today, -1) }), 'validUntilPast', {}],
  [
    'an unknown product',
    request({ lines: [line(), line({ productId: idOf('prod', 9) })] }),
    'productUnknown',
    { line: 1 },
  ],
  ['a term that is not offered', request({ lines: [line({ termMonths: 24 })] }), 'termNotOffered', { line: 0 }],
  ['a term without a price', request({ lines: [line({ termMonths: 36 })] }), 'priceUnknown', { line: 0 }],
  ['a currency without a price', request({ currency: 'USD' }), 'priceUnknown', { line: 0 }],
  ['none of it', request({ lines: [line({ quantity: 0 })] }), 'quantityOutOfRange', { line: 0, limit: 10_000 }],
  ['half of one', request({ lines: [line({ quantity: 1.5 })] }), 'quantityOutOfRange', { line: 0, limit: 10_000 }],
  [
    'too much of it',
    request({ lines: [line({ quantity: 10_001 })] }),
    'quantityOutOfRange',
    { line: 0, limit: 10_000 },
  ],
  [
    'a discount over the limit',
    request({ lines: [line({ discountBasisPoints: 1_501 })] }),
    'discountOverLimit',
    { line: 0, limit: 1_500 },
  ],
  [
    'a discount below none',
    request({ lines: [line({ discountBasisPoints: -1 })] }),
    'discountOverLimit',
    { line: 0, limit: 1_500 },
  ],
];

for (const [what, wanted, reason, details] of refusals) {
  test(`an offer with ${what} is refused`, () => {
    assert.deepEqual(decideOfferDraft(wanted, terms), { ok: false, reason, details });
  });
}

test('today is still a day to be valid until, and the whole limit may be given', () => {
  const lines = [line({ discountBasisPoints: 1_500, quantity: offerLimits.quantity })];
  assert.equal(decideOfferDraft(request({ lines }), terms).ok, true);
});

test('a price is found for its product, term and currency alone', () => {
  const wanted = { productId: share, termMonths: 12, currency: 'CZK' } as const;
  assert.deepEqual(findUnitPrice(terms.priceList, wanted), money(499_900, 'CZK'));
  assert.equal(findUnitPrice(terms.priceList, { ...wanted, productId: storage }), undefined);
  assert.equal(findUnitPrice(terms.priceList, { ...wanted, termMonths: 36 }), undefined);
});

const anyLine: fc.Arbitrary<OfferLineRequest> = fc.record({
  productId: fc.constantFrom(share, storage),
  quantity: fc.integer({ min: 1, max: 10_000 }),
  termMonths: fc.constant(12),
  discountBasisPoints: fc.integer({ min: 0, max: 1_500 }),
});

test('the total is the sum of its lines, whatever their order', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 20 }), (lines) => {
      const draft = decideOfferDraft(request({ lines }), terms);
      const turned = decideOfferDraft(request({ lines: lines.toReversed() }), terms);
      assert.ok(draft.ok && turned.ok);
      assert.deepEqual(turned.value.total, draft.value.total);
      assert.deepEqual(
        sum(
          draft.value.lines.map(({ price }) => price),
          'EUR',
        ),
        draft.value.total,
      );
      for (const { unitPrice, price, quantity, discountBasisPoints } of draft.value.lines) {
        assert.deepEqual(price, discounted(multiply(unitPrice, quantity), discountBasisPoints));
      }
    }),
  );
});

const anyOffer: fc.Arbitrary<OfferStanding> = fc.record({
  state: fc.constantFrom(...offerStates),
  version: fc.integer({ min: 1, max: 5 }),
  validUntil: anyDay,
});

test('an open offer is valid through its whole last day and expired on the next', () => {
  fc.assert(
    fc.property(anyOffer, (offer) => {
      const open = offer.state === 'inProgress' || offer.state === 'pending';
      assert.equal(offerPhase(offer, offer.validUntil), offer.state);
      assert.equal(offerPhase(offer, addDays(offer.validUntil, 1)), open ? 'expired' : offer.state);
    }),
  );
});

const offer = (state: OfferStanding['state'], version = 2): OfferStanding => ({ state, version, validUntil: today });
const byLink: OfferAnswer = { version: 2, today, channel: 'link' };
const byPhone: OfferAnswer = { version: 2, today, channel: 'phone' };
const late = addDays(today, 1);

const answers: readonly (readonly [string, OfferStanding, OfferAnswer, string])[] = [
  ['a sent one by link', offer('pending'), byLink, 'yes'],
  ['a sent one on the phone', offer('pending'), byPhone, 'yes'],
  ['an unsent one on the phone', offer('inProgress'), byPhone, 'yes'],
  ['an unsent one by link', offer('inProgress'), byLink, 'offerNotSent'],
  ['an old version', offer('pending', 3), byLink, 'offerChanged'],
  ['an old version on the phone', offer('pending', 3), byPhone, 'offerChanged'],
  ['an old version of what is being changed', offer('inProgress', 3), byLink, 'offerChanged'],
  ['an expired one', offer('pending'), { ...byLink, today: late }, 'offerExpired'],
  ['an expired old version', offer('pending', 3), { ...byLink, today: late }, 'offerExpired'],
  ['an accepted one', offer('accepted'), byLink, 'offerAlreadyAccepted'],
  ['an accepted one long after', offer('accepted', 3), { ...byLink, today: late }, 'offerAlreadyAccepted'],
  ['a rejected one', offer('rejected'), byPhone, 'offerRejected'],
  ['a cancelled one', offer('cancelled'), byLink, 'offerCancelled'],
];

for (const [what, standing, answer, expected] of answers) {
  test(`answering ${what}: ${expected}`, () => {
    const accept = decideAccept(standing, answer);
    const reject = decideReject(standing, answer);
    assert.equal(accept.ok ? 'yes' : accept.reason, expected);
    assert.equal(reject.ok ? 'yes' : reject.reason, expected);
    if (accept.ok && reject.ok)
      assert.deepEqual([accept.value, reject.value], [{ state: 'accepted' }, { state: 'rejected' }]);
  });
}

test('nobody accepts twice, nor a version that was not read, nor after the last day', () => {
  fc.assert(
    fc.property(
      anyOffer,
      fc.integer({ min: 1, max: 5 }),
      anyDay,
      fc.constantFrom('phone', 'link'),
      (standing, version, on, channel) => {
        const first = decideAccept(standing, { version, today: on, channel });
        if (!first.ok) return;
        assert.equal(version, standing.version);
        assert.ok(on <= standing.validUntil);
        const second = decideAccept({ ...standing, ...first.value }, { version, today: on, channel });
        assert.deepEqual(second, { ok: false, reason: 'offerAlreadyAccepted', details: {} });
      },
    ),
    { numRuns: 1000 },
  );
});

test('a changed offer must be sent again, with the new version', () => {
  for (const state of ['inProgress', 'pending'] as const) {
    assert.deepEqual(decideChange(offer(state), { version: 2 }), {
      ok: true,
      value: { state: 'inProgress', version: 3 },
    });
    assert.deepEqual(decideChange(offer(state), { version: 1 }), { ok: false, reason: 'offerChanged', details: {} });
  }
});

test('sending needs the version that was read and a day that is not over; sending again is fine', () => {
  const reason = (standing: OfferStanding, reading: { version: number; today: typeof today }): string => {
    const decision = decideSend(standing, reading);
    return decision.ok ? decision.value.state : decision.reason;
  };
  assert.equal(reason(offer('inProgress'), byLink), 'pending');
  assert.equal(reason(offer('pending'), byLink), 'pending');
  assert.equal(reason(offer('pending', 3), byLink), 'offerChanged');
  assert.equal(reason(offer('pending', 3), { version: 3, today: late }), 'offerExpired');
});

test('what is closed is neither sent nor changed nor cancelled, and an expired one may be cancelled', () => {
  const closed = [
    ['accepted', 'offerAlreadyAccepted'],
    ['rejected', 'offerRejected'],
    ['cancelled', 'offerCancelled'],
  ] as const;
  for (const [state, reason] of closed) {
    const refusal = { ok: false, reason, details: {} };
    assert.deepEqual(decideSend(offer(state), byLink), refusal);
    assert.deepEqual(decideChange(offer(state), byLink), refusal);
    assert.deepEqual(decideCancel(offer(state)), refusal);
  }
  for (const state of ['inProgress', 'pending'] as const) {
    assert.deepEqual(decideCancel(offer(state)), { ok: true, value: { state: 'cancelled' } });
  }
});
