import assert from 'node:assert/strict';
import { it } from 'node:test';
import { judgeFailed } from './poisoned-order.ts';

const right = { state: 'failed', subscriptions: 0, waiting: 0 };

const planted = [
  { fault: 'it is tried for ever', standing: { ...right, state: 'inProgress', waiting: 1 }, found: 2 },
  { fault: 'half of it was done', standing: { ...right, subscriptions: 1 }, found: 1 },
  { fault: 'it failed and is tried again', standing: { ...right, waiting: 1 }, found: 1 },
  { fault: 'it counts as completed', standing: { ...right, state: 'completed' }, found: 1 },
  { fault: 'it is gone', standing: undefined, found: 1 },
];
for (const { fault, standing, found } of planted) {
  it(`an order that cannot be processed is reported where ${fault}`, () => {
    assert.equal(judgeFailed(standing).length, found);
  });
}

it('an order that has failed as it should is reported by nobody', () => {
  assert.deepEqual(judgeFailed(right), []);
});
