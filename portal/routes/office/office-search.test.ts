import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { customerSearchOf, noticeSearchOf, orderSearchOf, requestSearchOf } from './office-search.ts';

describe('what the back office takes from an address', () => {
  const cases = [
    { read: orderSearchOf, search: { show: 'all' }, kept: { show: 'all' } },
    { read: orderSearchOf, search: { show: 'held' }, kept: {} },
    { read: noticeSearchOf, search: { state: 'failed' }, kept: { state: 'failed' } },
    { read: noticeSearchOf, search: { state: 'delivered' }, kept: {} },
    { read: noticeSearchOf, search: { state: 'constructor' }, kept: {} },
    { read: requestSearchOf, search: { show: 'all' }, kept: { show: 'all' } },
    { read: requestSearchOf, search: { show: 'some' }, kept: {} },
    { read: customerSearchOf, search: { search: 10_042 }, kept: { search: '10042' } },
    { read: customerSearchOf, search: { search: '' }, kept: {} },
  ];
  for (const { read, search, kept } of cases) {
    it(`keeps ${JSON.stringify(kept)} of ${JSON.stringify(search)}`, () => assert.deepEqual(read(search), kept));
  }
});
