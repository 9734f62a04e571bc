import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FairQueue } from './fair-queue.ts';

/** A queue of names, each of the one whose letter it begins with. */
function queueOf(...names: string[]): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const name of names) queue.add(name.slice(0, 1), name);
  return queue;
}

function emptied(queue: FairQueue<string>): string[] {
  const names: string[] = [];
  for (let name = queue.next(); name !== undefined; name = queue.next()) names.push(name);
  return names;
}

describe('a fair queue', () => {
  it('goes round among those who wait and keeps the order of each', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'b1', 'c1', 'c2');
    assert.equal(queue.size, 6);
    assert.deepEqual(emptied(queue), ['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
    assert.equal(queue.size, 0);
  });

  it('is first come, first served for one alone', () => {
    assert.deepEqual(emptied(queueOf('a1', 'a2', 'a3')), ['a1', 'a2', 'a3']);
  });

  it('gives whoever comes anew their turn after those who wait already', () => {
    const queue = queueOf('a1', 'a2', 'b1');
    assert.equal(queue.next(), 'a1');
    queue.add('c', 'c1');
    assert.deepEqual(emptied(queue), ['b1', 'a2', 'c1']);
  });

  it('forgets what was taken out, and only that', () => {
    const queue = queueOf('a1', 'a2', 'b1');
    queue.remove('a', 'a1');
    queue.remove('a', 'b1');
    queue.remove('d', 'd1');
    assert.equal(queue.size, 2);
    assert.deepEqual(emptied(queue), ['a2', 'b1']);
  });

  it('makes room at the cost of the greatest crowd, and of its newest', () => {
    const queue = queueOf('a1', 'b1', 'b2', 'b3', 'c1', 'c2');
    assert.equal(queue.makeRoom('d'), 'b3');
    assert.equal(queue.size, 5);
    assert.deepEqual(emptied(queue), ['a1', 'b1', 'c1', 'b2', 'c2']);
  });

  it('makes none for whoever would have as many as anybody', () => {
    const queue = queueOf('a1', 'b1', 'b2');
    assert.equal(queue.makeRoom('b'), undefined);
    assert.equal(queue.makeRoom('a'), undefined);
    assert.equal(queueOf().makeRoom('a'), undefined);
    assert.equal(queue.size, 3);
  });
});
