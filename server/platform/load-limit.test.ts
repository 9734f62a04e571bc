import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppError } from './app-error.ts';
import type { LoadBounds } from './load-limit.ts';
import { createLoadLimit } from './load-limit.ts';

/** A limit, and work that goes on until it is told to end. */
function limited(bounds: Partial<LoadBounds> = {}) {
  let turnedAway = 0;
  const limit = createLoadLimit({ running: 2, waiting: 1, waitMilliseconds: 10_000, ...bounds }, () => {
    turnedAway += 1;
  });
  const order: string[] = [];
  const begin = (name: string, { who = 'somebody', begun = false } = {}) => {
    const work = Promise.withResolvers<string>();
    const answer = limit.run(
      () => {
        order.push(name);
        return work.promise;
      },
      { who, begun },
    );
    answer.catch(() => {}); // looked at by the test
    return { answer, end: () => work.resolve(name), fail: () => work.reject(new Error(name)) };
  };
  return { begin, order, turnedAway: () => turnedAway };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a limit of load', () => {
  it('runs so many at a time, and the next when one ends', async () => {
    const { begin, order } = limited();
    const [first, , third] = [begin('first'), begin('second'), begin('third')];
    assert.deepEqual(order, ['first', 'second']);
    first.end();
    assert.equal(await first.answer, 'first');
    await settle();
    assert.deepEqual(order, ['first', 'second', 'third']);
    third.end();
    assert.equal(await third.answer, 'third');
  });

  it('turns away at once what the queue has no room for, and says when to come again', async () => {
    const { begin, order, turnedAway } = limited();
    for (const name of ['first', 'second', 'third']) begin(name);
    await assert.rejects(begin('fourth').answer, (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, 'overloaded');
      const seconds = error.details.retryAfterSeconds ?? 0;
      assert.ok(seconds >= 1 && seconds <= 4);
      return true;
    });
    assert.deepEqual(order, ['first', 'second']);
    assert.equal(turnedAway(), 1);
  });

  it('turns away what has waited too long, and never runs it', async () => {
    const { begin, order } = limited({ waitMilliseconds: 20 });
    const [first] = [begin('first'), begin('second')];
    await assert.rejects(begin('late').answer, { code: 'overloaded' });
    first.end();
    await settle();
    assert.deepEqual(order, ['first', 'second']);
    begin('third');
    assert.deepEqual(order, ['first', 'second', 'third']);
  });

  it('lets first go on what it let in before, however long the queue', async () => {
    const { begin, order, turnedAway } = limited();
    const [first] = [begin('first'), begin('second'), begin('fresh')];
    begin('begun', { begun: true });
    begin('begun too', { begun: true });
    assert.equal(turnedAway(), 0);
    first.end();
    await settle();
    assert.deepEqual(order, ['first', 'second', 'begun']);
  });

  it('gives places in turn to those who wait, not to whoever sent the most', async () => {
    const { begin, order } = limited({ running: 1, waiting: 10 });
    const crowd = ['c1', 'c2', 'c3', 'c4'].map((name) => begin(name, { who: 'crowd' }));
    const owner = ['o1', 'o2'].map((name) => begin(name, { who: 'owner' }));
    const [c1, c2, c3] = crowd;
    const [o1, o2] = owner;
    for (const each of [c1, c2, o1, c3, o2]) {
      each?.end();
      await settle();
    }
    assert.deepEqual(order, ['c1', 'c2', 'o1', 'c3', 'o2', 'c4']);
  });

  it('turns away what the greatest crowd sent last, where the queue is full and somebody else comes', async () => {
    const { begin, order, turnedAway } = limited({ running: 1, waiting: 3 });
    const [c1, , , c4] = ['c1', 'c2', 'c3', 'c4'].map((name) => begin(name, { who: 'crowd' }));
    const owner = begin('o1', { who: 'owner' });
    await assert.rejects(c4?.answer ?? Promise.resolve(), { code: 'overloaded' });
    const second = begin('o2', { who: 'owner' });
    await assert.rejects(second.answer, { code: 'overloaded' });
    assert.equal(turnedAway(), 2);
    c1?.end();
    await settle();
    begin('c5', { who: 'crowd' });
    owner.end();
    await settle();
    assert.deepEqual(order, ['c1', 'c2']);
  });

  it('gives the place of what failed to the next', async () => {
    const { begin, order } = limited({ running: 1 });
    const [first] = [begin('first'), begin('second')];
    first.fail();
    await assert.rejects(first.answer, /first/);
    await settle();
    assert.deepEqual(order, ['first', 'second']);
  });

  it('never runs more than its bound under a crowd that comes and goes', async () => {
    const limit = createLoadLimit({ running: 3, waiting: 50, waitMilliseconds: 10_000 });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
    };
    const crowd = Array.from({ length: 400 }, async (_, index) => {
      for (let pause = 0; pause < index % 17; pause += 1) await settle();
      return limit.run(work, { who: `person ${index % 5}`, begun: index % 3 === 0 });
    });
    const ends = await Promise.allSettled(crowd);
    assert.equal(most, 3);
    assert.equal(running, 0);
    assert.ok(ends.some(({ status }) => status === 'rejected'));
    assert.ok(ends.filter(({ status }) => status === 'fulfilled').length > 50);
  });
});
