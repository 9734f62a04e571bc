import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatestRun } from './latest-run.ts';
import { settle } from './tests/fake-clock.ts';

/** A job that ends when told. */
function job() {
  const ends: ((error?: Error) => void)[] = [];
  const run = new LatestRun(
    () => new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
  );
  return { run, ends };
}

describe('the latest run', () => {
  it('gives all who ask during a run one more run together', async () => {
    const { run, ends } = job();
    const first = run.run();
    const second = run.run();
    const third = run.run();
    assert.equal(ends.length, 1);
    ends[0]?.();
    await first;
    await settle();
    assert.equal(ends.length, 2);
    ends[1]?.();
    await Promise.all([second, third]);
    await settle();
    assert.equal(ends.length, 2);
  });

  it('runs again after a failure, which only its own askers hear of', async () => {
    const { run, ends } = job();
    const first = run.run();
    const second = run.run();
    ends[0]?.(new Error('no'));
    await assert.rejects(first, /no/);
    await settle();
    ends[1]?.();
    await second;
  });
});
