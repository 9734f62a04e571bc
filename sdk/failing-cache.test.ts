import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import type { ProductUse } from './product-use.ts';
import type { Device } from './tests/device.ts';
import { device, held, place, run, tellOffline } from './tests/device.ts';
import type { CacheCall } from './tests/failing-cache.ts';
import { FailingCache } from './tests/failing-cache.ts';
import { settle } from './tests/fake-clock.ts';

const none = { decision: false, reason: 'noLicence' };

/** A device with a lease at hand, at work, whose cache can be made to fail. */
async function atWork(t: TestContext): Promise<{ on: Device; cache: FailingCache; share: ProductUse }> {
  const cache = new FailingCache();
  const on = await device(t, cache);
  const share = await on.start().use({ product: 'share' });
  await on.clock.advance(10_000);
  assert.equal(share.lease?.id, 'lease_1');
  return { on, cache, share };
}

/** The licence is taken back, and the network goes. */
async function takeAndCut({ server, clock }: Device, share: ProductUse): Promise<void> {
  server.tell('taken', 'team_1', none);
  await settle();
  await settle();
  assert.deepEqual([share.state, share.reason], ['locked', 'noLicence']);
  server.down = true;
  server.hangUp();
  await clock.advance(90_000);
}

describe('a lease whose licence was taken back stays locked without network', () => {
  const cases: [string, [string, CacheCall[]][]][] = [
    ['the cache cannot be written to', [['lease ', ['write']]]],
    ['the cache can be neither written to nor removed from', [['lease ', ['write', 'remove']]]],
    ['the cache cannot be read', [['lease ', ['read']]]],
    ['nothing works any more', [['', ['read', 'write', 'remove']]]],
  ];
  for (const [what, failing] of cases) {
    it(`when ${what} at that moment`, async (t) => {
      const { on, cache, share } = await atWork(t);
      for (const [start, calls] of failing) cache.failing.set(start, calls);
      await takeAndCut(on, share);
      assert.ok(cache.failures > 0);
      assert.deepEqual([share.state, share.reason, share.lease], ['unknown', 'unreachable', undefined]);
    });

    it(`and in the next start when ${what} for a while`, async (t) => {
      const { on, cache, share } = await atWork(t);
      for (const [start, calls] of failing) cache.failing.set(start, calls);
      await takeAndCut(on, share);
      cache.failing.clear();
      await on.clock.advance(10 * 60_000);
      assert.equal(share.state, 'unknown');
      share.close();
      await settle();
      assert.equal(await tellOffline(on), 'unknown (unreachable)');
    });
  }

  it('when the document could not be changed until the end, in the next start by the mark beside it', async (t) => {
    const { on, cache, share } = await atWork(t);
    cache.failing.set('lease ', ['write', 'remove']);
    await takeAndCut(on, share);
    share.close();
    await settle();
    assert.match((await cache.read(`over lease ${place}`)) ?? '', /"lease_1"/);
    assert.equal(await tellOffline(on), 'unknown (unreachable)');
    cache.failing.clear();
    const later = await on.start().use({ product: 'share' });
    await on.clock.advance(60_000);
    assert.equal(await cache.read(`over lease ${place}`), undefined); // the document is clean again
    later.close();
    assert.equal(await tellOffline(on), 'unknown (unreachable)');
  });

  it('when a full disk takes nothing: then the document goes, and other leases are written again later', async (t) => {
    const { on, cache, share } = await atWork(t);
    on.server.setTeams({ teamId: 'team_1', teamName: 'Studio', ...held }, { teamId: 'team_2', teamName: 'B', ...held });
    await on.start().leases.renew({ product: 'share', team: 'team_2' });
    const other = await on.start().use({ product: 'share', team: 'team_2' });
    await on.clock.advance(10_000);
    other.close();
    cache.failing.set('', ['write']);
    await takeAndCut(on, share);
    assert.equal(await cache.read(`lease ${place}`), undefined);
    cache.failing.clear();
    await on.clock.advance(10 * 60_000);
    share.close();
    await settle();
    assert.equal(await tellOffline(on), 'unlocked (held)');
    assert.deepEqual(
      (await on.start().leases.list()).map(({ team }) => team.id),
      ['team_2'],
    );
  });

  it('when an older copy of the document comes back', async (t) => {
    const { on, cache, share } = await atWork(t);
    const copy = (await cache.read(`lease ${place}`)) ?? '';
    await takeAndCut(on, share);
    await cache.write(`lease ${place}`, copy);
    await on.clock.advance(30_000);
    assert.equal(share.state, 'unknown');
    await on.clock.advance(30_000); // and is removed again
    assert.deepEqual(await on.start().leases.list(), []);
  });

  it('when the team is gone from the answer and the cache fails', async (t) => {
    const { on, cache, share } = await atWork(t);
    cache.failing.set('', ['read', 'write', 'remove']);
    cache.failing.set('token ', []);
    on.server.setTeams({ teamId: 'team_2', teamName: 'Annexe' });
    await settle();
    on.server.down = true;
    on.server.hangUp();
    await on.clock.advance(90_000);
    assert.ok(cache.failures > 0);
    assert.deepEqual([share.state, share.lease], ['unknown', undefined]);
  });
});

it('removes at the next contact what could not be removed before', async (t) => {
  const { on, cache, share } = await atWork(t);
  cache.failing.set('lease ', ['write', 'remove']);
  on.clock.chance = 0.999; // the longest pauses
  await takeAndCut(on, share);
  const before = await on.start().leases.list();
  assert.deepEqual(before, []); // by the mark
  await on.clock.advance(20 * 60_000);
  cache.failing.clear();
  on.server.down = false;
  await on.clock.advance(31_000);
  assert.equal(share.connection.online, true);
  assert.equal(await cache.read(`over lease ${place}`), undefined);
  assert.match((await cache.read(`lease ${place}`)) ?? '', /"leases\\":\[\]/);
});

it('tries again at longer and longer pauses', async (t) => {
  const { on, cache, share } = await atWork(t);
  cache.failing.set('', ['write', 'remove']);
  await takeAndCut(on, share);
  await on.clock.advance(3_600_000);
  const within = cache.failures;
  await on.clock.advance(3_600_000);
  const later = cache.failures - within;
  assert.ok(later >= 10 && later < 80, `${later} failed calls in an hour`);
});

it('counts a lease that was fetched after the licence was given again', async (t) => {
  const { on, cache, share } = await atWork(t);
  cache.failing.set('lease ', ['write']);
  on.server.tell('taken', 'team_1', none);
  await on.clock.advance(1_000);
  cache.failing.clear();
  on.server.tell('given', 'team_1', held);
  await on.clock.advance(20_000);
  assert.equal(share.lease?.id, 'lease_2');
  share.close();
  await settle();
  assert.equal(await tellOffline(on), 'unlocked (held)');
});

describe('signing out', () => {
  it('locks the next start though the leases cannot be removed', async (t) => {
    const cache = new FailingCache();
    const on = await device(t, cache);
    await run(on);
    cache.failing.set('lease ', ['write', 'remove']);
    await on.start().signOut();
    await assert.rejects(on.start().use({ product: 'share' }), { code: 'notSignedIn' });
  });

  it('forgets the token and says so when nothing can be removed, and counts no lease in this run', async (t) => {
    const cache = new FailingCache();
    const on = await device(t, cache);
    await run(on);
    const namesake = on.start();
    await namesake.leases.list();
    cache.failing.set('lease ', ['write', 'remove']);
    cache.failing.set('over ', ['write']);
    await assert.rejects(namesake.signOut(), { code: 'EIO' });
    assert.equal(await namesake.isSignedIn(), false);
    assert.deepEqual(await namesake.leases.list(), []);
    assert.equal(on.server.tokens.size, 0);
  });
});
