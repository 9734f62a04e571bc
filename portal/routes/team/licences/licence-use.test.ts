import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Receipt } from '../../../../contract/receipt.ts';
import type { Holding } from './holding.ts';
import { cellKey } from './holding.ts';
import { licenceUses } from './licence-use.ts';

const now = new Date('2026-11-24T12:00:00.000Z');
const at = (time: string) => `2026-11-24T${time}.000Z`;

// The rules look at a few fields alone; ids are whatever the test calls them.
const holding = (memberId: string, since: string, productId = 'share') =>
  ({ licence: { memberId, productId, state: 'held', since }, subscription: {}, works: true }) as unknown as Holding;
const receipt = (memberId: string, differing: Partial<Receipt>) =>
  ({
    memberId,
    productId: 'share',
    place: 'WS-114',
    state: 'unlocked',
    at: at('10:41:07'),
    lastContactAt: at('10:41:07'),
    takenAt: null,
    ...differing,
  }) as unknown as Receipt;
const uses = (holdings: readonly Holding[], receipts: readonly Receipt[]) => {
  const map = new Map(holdings.map((one) => [cellKey(one.licence.memberId ?? '', one.licence.productId), one]));
  return licenceUses(map, receipts, now);
};
const told = (holdings: readonly Holding[], receipts: readonly Receipt[]) => {
  const use = uses(holdings, receipts).get('jonas');
  return use && [use.kind, use.at.slice(11, 19), use.noticed?.at.slice(11, 19), use.noticed?.place];
};

describe('what became of a licence', () => {
  const cases = [
    {
      what: 'given and picked up',
      holdings: [holding('jonas', at('10:41:07'))],
      receipts: [receipt('jonas', {})],
      told: ['given', '10:41:07', '10:41:07', 'WS-114'],
    },
    {
      what: 'given, and picked up by nobody',
      holdings: [holding('jonas', at('10:41:07'))],
      receipts: [],
      told: ['given', '10:41:07', undefined, undefined],
    },
    {
      what: 'given anew after a pick-up of the earlier one',
      holdings: [holding('jonas', at('11:00:00'))],
      receipts: [receipt('jonas', {})],
      told: ['given', '11:00:00', undefined, undefined],
    },
    {
      what: 'given while the device still says locked',
      holdings: [holding('jonas', at('10:41:07'))],
      receipts: [receipt('jonas', { state: 'locked', at: at('10:50:00') })],
      told: ['given', '10:41:07', undefined, undefined],
    },
    {
      what: 'picked up for another product alone',
      holdings: [holding('jonas', at('10:41:07'))],
      receipts: [receipt('jonas', { productId: 'other' as never })],
      told: ['given', '10:41:07', undefined, undefined],
    },
    {
      what: 'taken and locked',
      holdings: [],
      receipts: [receipt('jonas', { state: 'locked', at: at('10:42:10'), takenAt: at('10:42:10') })],
      told: ['taken', '10:42:10', '10:42:10', 'WS-114'],
    },
    {
      what: 'taken while one of two devices has it open',
      holdings: [],
      receipts: [
        receipt('jonas', { state: 'locked', at: at('10:42:10'), takenAt: at('10:42:10') }),
        receipt('jonas', { takenAt: at('10:42:10'), place: 'Laptop' }),
      ],
      told: ['taken', '10:42:10', undefined, undefined],
    },
    { what: 'taken long ago', holdings: [], receipts: [receipt('jonas', { takenAt: '2026-11-10T10:00:00.000Z' })] },
    {
      what: 'the gift before a taking of another product',
      holdings: [holding('jonas', at('09:00:00'))],
      receipts: [receipt('jonas', { productId: 'other' as never, state: 'locked', takenAt: at('11:00:00') })],
      told: ['given', '09:00:00', undefined, undefined],
    },
  ];
  for (const { what, holdings, receipts, told: expected } of cases) {
    it(what, () => assert.deepEqual(told(holdings, receipts), expected));
  }

  it('says when any device was last heard of', () => {
    const receipts = [receipt('jonas', {}), receipt('jonas', { place: 'Laptop', lastContactAt: at('11:30:00') })];
    assert.equal(uses([holding('jonas', at('10:41:07'))], receipts).get('jonas')?.lastContactAt, at('11:30:00'));
  });

  it('keeps people apart', () => {
    const found = uses([holding('jonas', at('10:41:07')), holding('mara', at('10:42:00'))], [receipt('jonas', {})]);
    assert.equal(found.get('mara')?.noticed, undefined);
  });
});
