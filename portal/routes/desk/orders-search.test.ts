import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ordersSearchOf } from './orders-search.ts';

describe('ordersSearchOf', () => {
  const cases = [
    { search: { show: 'orders', state: 'held' }, kept: { show: 'orders', state: 'held' } },
    { search: { phase: 'expired' }, kept: { phase: 'expired' } },
    { search: { show: 'offers', phase: 'held', state: 'toString' }, kept: {} },
    { search: { state: ['held'] }, kept: {} },
  ];
  for (const { search, kept } of cases) {
    it(`keeps ${JSON.stringify(kept)} of ${JSON.stringify(search)}`, () =>
      assert.deepEqual(ordersSearchOf(search), kept));
  }
});
