import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAddressLimit, createRateLimit } from './rate-limit.ts';

describe('a limit of tries', () => {
  let now = 0;
  const clock = { now: () => new Date(now) };
  const done = async () => 'done';
  const wrong = () => Promise.reject(new Error('wrong'));

  it('is for each key, and over when its window is', () => {
    const limit = createRateLimit(clock, { tries: 2, seconds: 60 });
    limit.take('one');
    limit.take('one');
    now += 20_000;
    assert.throws(() => limit.take('one'), { code: 'tooManyRequests', details: { retryAfterSeconds: 40 } });
    limit.take('other');
    now += 40_000;
    limit.take('one');
  });

  it('is used up by what was tried in vain, and not by what was done', async () => {
    const limit = createAddressLimit(clock, { tries: 2, seconds: 60 });
    for (let round = 0; round < 5; round += 1) {
      assert.equal(await limit.takeUnlessDone(`2001:db8::${round}`, done), 'done');
    }
    for (let round = 0; round < 2; round += 1)
      await assert.rejects(limit.takeUnlessDone('2001:db8::a', wrong), /wrong/);
    await assert.rejects(limit.takeUnlessDone('2001:db8::b', done), { code: 'tooManyRequests' });
    assert.equal(await limit.takeUnlessDone('2001:db8:0:1::b', done), 'done');
  });

  it('holds for those who try at the same time', async () => {
    const limit = createRateLimit(clock, { tries: 2, seconds: 60 });
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => limit.takeUnlessDone('one', wrong)));
    const stopped = tries.filter((each) => each.status === 'rejected' && each.reason.code === 'tooManyRequests');
    assert.equal(stopped.length, 3);
  });
});
