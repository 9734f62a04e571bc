import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { steadyClock } from './steady-clock.ts';

/** Two clocks that the test moves; the one on the wall shows whole milliseconds. */
function twoClocks() {
  const at = { wall: 1_000_000, monotonic: 5000 };
  return { at, elapsed: steadyClock({ wall: () => Math.floor(at.wall), monotonic: () => at.monotonic }) };
}

describe('the steady clock', () => {
  it('keeps time however often it is read', () => {
    const { at, elapsed } = twoClocks();
    for (let step = 0; step < 600_000; step += 1) {
      at.wall += 0.3;
      at.monotonic += 0.3;
      elapsed();
    }
    assert.ok(Math.abs(elapsed() - 180_000) < 10, `it says ${elapsed()}`);
  });

  it('counts the time that a machine slept', () => {
    const { at, elapsed } = twoClocks();
    at.wall += 3_600_000;
    assert.equal(elapsed(), 3_600_000);
  });

  it('never runs backwards, and goes on when the wall clock is set back', () => {
    const { at, elapsed } = twoClocks();
    at.wall += 1000;
    at.monotonic += 1000;
    const before = elapsed();
    at.wall -= 86_400_000;
    assert.equal(elapsed(), before);
    at.wall += 500;
    at.monotonic += 500;
    assert.equal(elapsed(), before + 500);
  });
});
