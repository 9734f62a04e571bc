import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Model, Timed, Undo } from './find-order.ts';
import { findOrder, unchanged } from './find-order.ts';

interface Access extends Timed {
  readonly write?: number;
  readonly read?: number;
}

/** One register: the smallest thing that a history can be wrong about. */
class Register implements Model<Access> {
  #value = 0;

  apply({ write, read }: Access): Undo | undefined {
    if (write === undefined) return read === this.#value ? unchanged : undefined;
    const before = this.#value;
    this.#value = write;
    return () => {
      this.#value = before;
    };
  }

  key(): string {
    return String(this.#value);
  }
}

const isLinear = (...history: Access[]) => findOrder(new Register(), history).found;

describe('an order of a history', () => {
  it('is found where operations follow one another', () => {
    assert.ok(isLinear());
    assert.ok(isLinear({ call: 0, done: 1, write: 1 }, { call: 2, done: 3, read: 1 }));
  });

  it('is found where a read overlaps two writes, and may have seen either', () => {
    const writes = [
      { call: 0, done: 10, write: 1 },
      { call: 0, done: 10, write: 2 },
    ];
    for (const read of [0, 1, 2]) assert.ok(isLinear(...writes, { call: 5, done: 6, read }));
    assert.ok(isLinear(...writes, { call: 5, done: 6, read: 2 }, { call: 11, done: 12, read: 1 }));
  });

  it('takes back a placing that was wrong', () => {
    const first = { call: 0, done: 100, write: 1 };
    const second = { call: 0, done: 100, write: 2 };
    assert.ok(isLinear(first, second, { call: 10, done: 20, read: 2 }, { call: 30, done: 40, read: 1 }));
    assert.ok(isLinear(first, second, { call: 10, done: 20, read: 1 }, { call: 30, done: 40, read: 2 }));
  });

  it('is not found where a read is stale', () => {
    const stale = { call: 4, done: 5, read: 0 };
    const finding = findOrder(new Register(), [{ call: 0, done: 1, write: 1 }, stale]);
    assert.deepEqual(finding, { found: false, placed: 1, stuckBefore: stale });
  });

  it('is not found where two reads see two writes in two orders', () => {
    const writes = [
      { call: 0, done: 10, write: 1 },
      { call: 0, done: 10, write: 2 },
    ];
    const reads = [1, 2, 1].map((read, index) => ({ call: 20 + 2 * index, done: 21 + 2 * index, read }));
    assert.ok(!isLinear(...writes, ...reads));
  });

  it('calls overlapping what touches at one moment', () => {
    assert.ok(isLinear({ call: 0, done: 5, write: 1 }, { call: 5, done: 6, read: 0 }, { call: 7, done: 8, read: 1 }));
  });

  it('leaves the model where the order leads, or where it came from', () => {
    const register = new Register();
    assert.ok(findOrder(register, [{ call: 0, done: 1, write: 7 }]).found);
    assert.ok(
      !findOrder(register, [
        { call: 0, done: 1, write: 8 },
        { call: 2, done: 3, read: 7 },
      ]).found,
    );
    assert.equal(register.key(), '7');
  });

  it('is found among many that overlap, without trying every one', () => {
    const writes = Array.from({ length: 12 }, (_, index) => ({ call: 0, done: 1000, write: index }));
    const reads = [3, 7, 11, 0].map((read, index) => ({ call: 10 * index, done: 10 * index + 5, read }));
    assert.ok(isLinear(...writes, ...reads.slice(0, 3)));
    assert.ok(!isLinear(...writes, ...reads, { call: 50, done: 51, read: 99 }));
  });
});
