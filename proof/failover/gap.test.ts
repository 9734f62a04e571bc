import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { longestGap, median, percentile } from './gap.ts';

describe('the longest gap', () => {
  it('lies between two things that were done', () => {
    assert.equal(longestGap([9, 1, 3, 4], 0, 10), 5);
  });

  it('counts from the beginning, and to the end', () => {
    assert.equal(longestGap([7, 9], 0, 10), 7);
    assert.equal(longestGap([1, 3], 0, 10), 7);
    assert.equal(longestGap([-1, 11], 0, 10), 10);
  });
});

it('a median and a percentile are values that were seen', () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(median([]), 0);
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  assert.equal(percentile(hundred, 0.99), 99);
  assert.equal(percentile([4], 0.5), 4);
});
