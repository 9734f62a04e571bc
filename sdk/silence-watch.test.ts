import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SilenceWatch } from './silence-watch.ts';
import { FakeClock } from './tests/fake-clock.ts';

function watch() {
  const clock = new FakeClock();
  const calls: number[] = [];
  return { clock, calls, silence: new SilenceWatch(clock, () => calls.push(clock.elapsed())) };
}

describe('the silence watch', () => {
  it('calls out once, at the moment it was set to', async () => {
    const { clock, calls, silence } = watch();
    silence.expectWithin(12_345);
    await clock.advance(100_000);
    assert.deepEqual(calls, [12_345]);
  });

  it('starts anew with each sign of life', async () => {
    const { clock, calls, silence } = watch();
    for (let count = 0; count < 10; count++) {
      silence.expectWithin(35_000);
      await clock.advance(15_000);
    }
    assert.deepEqual(calls, []);
    assert.equal(silence.remainingMs(), 20_000);
  });

  it('can be set again after it called out', async () => {
    const { clock, calls, silence } = watch();
    silence.expectWithin(1_000);
    await clock.advance(2_000);
    silence.expectWithin(1_000);
    await clock.advance(2_000);
    assert.deepEqual(calls, [1_000, 3_000]);
  });

  it('is quiet when stopped, and leaves no timer', async () => {
    const { clock, calls, silence } = watch();
    silence.expectWithin(1_000);
    silence.stop();
    await clock.advance(2_000);
    assert.deepEqual(calls, []);
    assert.equal(clock.pending, 0);
    assert.equal(silence.remainingMs(), 0);
  });

  it('notices within seconds that the machine slept', async () => {
    const { clock, calls, silence } = watch();
    silence.expectWithin(60_000);
    await clock.sleep(3_600_000);
    await clock.advance(5_000);
    assert.equal(calls.length, 1);
  });
});
