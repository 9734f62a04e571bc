import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chanceOf } from './chance.ts';

const draw = (seed: number, count: number) => {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => chance.unit());
};

describe('chance', () => {
  it('is the same again by the same seed, and another by another', () => {
    assert.deepEqual(draw(7, 20), draw(7, 20));
    assert.notDeepEqual(draw(7, 20), draw(8, 20));
  });

  it('spreads evenly', () => {
    const counts = new Array<number>(10).fill(0);
    const chance = chanceOf(1);
    for (let index = 0; index < 100_000; index += 1) {
      const drawn = chance.below(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) assert.ok(count > 9_000 && count < 11_000, `${counts}`);
  });

  it('branches by name, whatever was drawn before', () => {
    const one = chanceOf(7);
    const other = chanceOf(7);
    other.unit();
    assert.equal(one.branch('worker').unit(), other.branch('worker').unit());
    assert.notEqual(one.branch('worker').unit(), one.branch('driver').unit());
  });

  it('picks of what there is', () => {
    assert.equal(chanceOf(1).pick([]), undefined);
    assert.equal(chanceOf(1).pick(['only']), 'only');
  });
});
