import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { heightOf, rowsBetween, topOf, totalHeight } from './row-window.ts';

const heights = fc.record({
  count: fc.integer({ min: 1, max: 1000 }),
  height: fc.integer({ min: 20, max: 80 }),
  extra: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 90 })), { maxLength: 5 })
    .map((pairs) => new Map(pairs)),
});

describe('row window', () => {
  it('puts each row where the one before it ends', () => {
    fc.assert(
      fc.property(heights, (rows) => {
        for (let index = 0; index < rows.count; index += 1) {
          assert.equal(topOf(rows, index + 1), topOf(rows, index) + heightOf(rows, index));
        }
        assert.equal(topOf(rows, rows.count), totalHeight(rows));
      }),
    );
  });

  it('draws every row that is seen, and few more', () => {
    fc.assert(
      fc.property(heights, fc.double({ min: 0, max: 1, noNaN: true }), (rows, share) => {
        const from = totalHeight(rows) * share;
        const to = from + 600;
        const { first, last } = rowsBetween(rows, from, to);
        for (let index = 0; index < rows.count; index += 1) {
          const isSeen = topOf(rows, index) < to && topOf(rows, index + 1) > from;
          if (isSeen) assert.ok(index >= first && index <= last, `row ${index} of ${first} to ${last}`);
        }
        assert.ok(last - first <= 600 / rows.height + 14 + 5 * 2);
      }),
    );
  });

  it('draws nothing of an empty list', () =>
    assert.deepEqual(rowsBetween({ count: 0, height: 40, extra: new Map() }, 0, 600), { first: 0, last: -1 }));
});
