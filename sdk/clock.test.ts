import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock, wait } from './clock.ts';
import { FakeClock } from './tests/fake-clock.ts';

it('counts on when the wall clock is set back, and counts a sleep that only the wall clock saw', (t) => {
  let wall = 1_000_000;
  t.mock.method(Date, 'now', () => wall);
  t.mock.method(performance, 'now', () => 5_000);
  const clock = systemClock();
  wall += 3_600_000;
  assert.equal(clock.elapsed(), 3_600_000);
  wall -= 7_200_000;
  assert.equal(clock.elapsed(), 3_600_000);
  wall += 1_000;
  assert.equal(clock.elapsed(), 3_601_000);
});

it('ends a wait with the reason of its signal, and leaves no timer', async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const waiting = wait(clock, 1_000, stop.signal);
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  assert.equal(clock.pending, 0);
  await assert.rejects(wait(clock, 1_000, stop.signal), /enough/);
});
