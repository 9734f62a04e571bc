import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { renewalDelayMs } from './renewal-delay.ts';

const minute = 60_000;
const day = 1440 * minute;
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** In how many minutes a thousand clients come, and how many at most in one. */
function spread(delays: readonly number[]): { minutes: number; most: number } {
  const counts = new Map<number, number>();
  for (const delay of delays) {
    const at = Math.floor(delay / minute);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return { minutes: counts.size, most: Math.max(...counts.values()) };
}

const thousand = Array.from({ length: 1_000 }, (_, index) => index / 1_000);

describe('the wait for a renewal', () => {
  it('spreads a thousand clients whose leases were issued and due in the same second', () => {
    const lease = { renewAfter: day / 2, expiresAt: day };
    const { minutes, most } = spread(thousand.map((random) => renewalDelayMs(lease, { now: 0, random })));
    assert.ok(minutes > 60 && most < 20, `${most} of a thousand in one of ${minutes} minutes`);
  });

  it('spreads a thousand clients that start at nine sharp with leases that are due', () => {
    const lease = { renewAfter: 0, expiresAt: day / 2 };
    const { minutes, most } = spread(thousand.map((random) => renewalDelayMs(lease, { now: 1, random })));
    assert.ok(minutes >= 15 && most < 70, `${most} of a thousand in one of ${minutes} minutes`);
  });

  it('is over well before the lease ends', () => {
    const times = fc.record({ lifeMs: fc.integer({ min: 60_000, max: 30 * day }), due: fraction, passed: fraction });
    fc.assert(
      fc.property(times, fraction, ({ lifeMs, due, passed }, random) => {
        const lease = { renewAfter: lifeMs * (0.4 + 0.3 * due), expiresAt: lifeMs };
        const now = lifeMs * passed;
        const at = now + renewalDelayMs(lease, { now, random });
        assert.ok(at >= Math.min(lease.renewAfter, now));
        assert.ok(at <= Math.max(lifeMs * 0.75, now + (lifeMs - now) / 4));
      }),
    );
  });

  it('is a matter of seconds without a lease, or with one that has ended', () => {
    for (const lease of [undefined, { renewAfter: 1, expiresAt: 2 }]) {
      assert.ok(renewalDelayMs(lease, { now: day, random: 0.999 }) <= 5_000);
    }
  });
});
