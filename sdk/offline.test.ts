import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NamesakeCache } from './cache.ts';
import type { Device } from './tests/device.ts';
import { device, held, place, run, studio, tellOffline } from './tests/device.ts';
import { settle } from './tests/fake-clock.ts';
import { StubVendor } from './tests/stub-vendor.ts';

const hour = 3_600_000;

/** Changes the text of what is kept of the leases. */
async function edit(cache: NamesakeCache, change: (document: Record<string, unknown>) => object): Promise<void> {
  const name = `lease ${place}`;
  const kept = JSON.parse((await cache.read(name)) ?? '');
  const document = JSON.stringify(change(JSON.parse(kept.document)));
  await cache.write(name, JSON.stringify({ ...kept, document }));
}

/** The cache as it would be if its owner had taken pains: sealed with the device's own key. */
async function reseal({ cache, start }: Device, token: string, keys: StubVendor[]): Promise<void> {
  const file = { type: 'namesake lease', version: 1, leases: [token], keys: keys.map((key) => key.publicJwk) };
  await cache.remove(`lease ${place}`);
  const trust = keys.map((key) => key.thumbprint);
  await start().leases.import(JSON.stringify(file), { trust });
}

describe('a lease', () => {
  it('is fetched when the server has unlocked, and unlocks the next start without network', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.down = true;
    const share = await on.start().use({ product: 'share' });
    assert.deepEqual([share.state, share.reason, share.team?.name], ['unlocked', 'held', 'Studio']);
    assert.equal(share.allowed, true);
    assert.equal(share.offline?.leaseId, 'lease_1');
    assert.ok(Math.abs((share.offline?.until.getTime() ?? 0) - on.clock.now() - 24 * hour) < 60_000);
    assert.deepEqual(share.connection.holdsUntil, share.offline?.until);
    assert.equal(share.connection.online, false);
  });

  it('is bound to a key that is made once', async (t) => {
    const on = await device(t);
    await run(on);
    const key = await on.cache.read(`device-key ${place}`);
    await run(on);
    assert.equal(await on.cache.read(`device-key ${place}`), key);
    assert.ok(key !== undefined && !(await on.start().leases.export()).includes(JSON.parse(key).jwk.d));
  });

  it('holds for the two hours that a server is down, and everything is asked again when it is back', async (t) => {
    const on = await device(t);
    const { server, clock } = on;
    const share = await on.start().use({ product: 'share' });
    await clock.advance(20_000);
    const states: string[] = [];
    share.on('change', ({ state, reason, offline }) => states.push(`${state} (${reason})${offline ? ' offline' : ''}`));
    server.down = true;
    server.hangUp();
    const asked = server.requests.length;
    await clock.advance(30_000);
    assert.deepEqual(share.connection.holdsUntil?.getTime(), (await on.start().leases.list())[0]?.expiresAt.getTime());
    await clock.advance(2 * hour);
    assert.equal(server.requests.length, asked);
    assert.equal(share.state, 'unlocked');
    server.down = false;
    await clock.advance(30_000);
    assert.equal(share.connection.online, true);
    assert.ok(server.count('/v1/me/entitlements') > 1);
    assert.deepEqual(states, ['unlocked (held) offline', 'unlocked (held)']);
  });

  it('locks the moment that it ends, in the middle of the work', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.down = true;
    const share = await on.start().use({ product: 'share' });
    const leftMs = (share.offline?.until.getTime() ?? 0) - on.clock.now();
    await on.clock.advance(leftMs - 1);
    assert.equal(share.state, 'unlocked');
    await on.clock.advance(1);
    assert.deepEqual([share.state, share.reason], ['locked', 'leaseExpired']);
  });

  it('lasts for 30 days where the vendor says so, though no timer does', async (t) => {
    const on = await device(t);
    on.server.vendor.leaseHours = 720;
    await run(on);
    on.server.down = true;
    const share = await on.start().use({ product: 'share' });
    await on.clock.sleep(719 * hour);
    await on.clock.advance(60_000);
    assert.equal(share.state, 'unlocked');
    await on.clock.sleep(hour);
    assert.equal(share.allowed, false); // before any timer has run
    assert.equal(share.reason, 'leaseExpired');
  });

  it('is renewed in time, in the quiet', async (t) => {
    const on = await device(t);
    const share = await on.start().use({ product: 'share' });
    const changes: string[] = [];
    share.on('change', ({ reason }) => changes.push(reason));
    for (let passed = 0; passed < 20 * 60 * 4; passed += 1) {
      await on.clock.advance(15_000);
      on.server.beat();
    }
    assert.equal(on.server.count('/v1/me/leases'), 2);
    assert.deepEqual(changes, []);
  });

  it('is renewed early when the term was renewed, for then it lasts longer', async (t) => {
    const on = await device(t);
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(10_000);
    on.server.tell('renewed', 'team_1', { until: '2028-11-24' });
    await on.clock.advance(20_000);
    assert.equal(share.current.until, '2028-11-24');
    for (let passed = 0; passed < 60; passed += 1) {
      await on.clock.advance(15_000);
      on.server.beat();
    }
    assert.equal(on.server.count('/v1/me/leases'), 2);
  });

  it('goes when the server takes the licence back, and does not come again with the network gone', async (t) => {
    const on = await device(t);
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(10_000);
    on.server.tell('taken', 'team_1', { decision: false, reason: 'noLicence' });
    await settle();
    assert.deepEqual([share.state, share.reason], ['locked', 'noLicence']);
    await settle();
    on.server.down = true;
    on.server.hangUp();
    await on.clock.advance(120_000);
    assert.deepEqual([share.state, share.reason], ['unknown', 'unreachable']);
    assert.equal(await tellOffline(on), 'unknown (unreachable)');
  });

  it('goes when it was taken while the device was away: the server is asked before the lease', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.changeSilently('team_1', { decision: false, reason: 'noLicence' });
    const share = await on.start().use({ product: 'share' });
    assert.deepEqual([share.state, share.reason], ['locked', 'noLicence']);
    await settle();
    assert.deepEqual(await on.start().leases.list(), []);
  });

  it('goes when a renewal is refused, and the server is asked why', async (t) => {
    const on = await device(t);
    on.server.vendor.renewAt = 0;
    await run(on);
    on.server.leaseStatus = 403;
    on.server.leaseCode = 'leaseRefused';
    const share = await on.start().use({ product: 'share' });
    const asked = on.server.count('/v1/me/entitlements');
    for (let passed = 0; passed < 60; passed += 1) {
      await on.clock.advance(15_000);
      on.server.beat();
    }
    assert.deepEqual(await on.start().leases.list(), []);
    assert.ok(on.server.count('/v1/me/entitlements') > asked);
    assert.equal(share.state, 'unlocked'); // the answer to that is the server's
  });

  it('is not needed where the server knows none', async (t) => {
    const on = await device(t);
    on.server.clock = undefined;
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(60_000);
    assert.equal(share.state, 'unlocked');
    assert.ok(on.server.count('/v1/me/leases') > 0);
  });

  it('is not waited for longer than two seconds by a server that keeps silent', async (t) => {
    const on = await device(t);
    await run(on);
    let open = () => {};
    on.server.askGate = new Promise((resolve) => {
      open = resolve;
    });
    const using = on.start().use({ product: 'share' });
    await on.clock.advance(2_000);
    assert.equal((await using).state, 'unlocked');
    assert.ok((await using).offline !== undefined);
    open();
    await settle();
    assert.equal((await using).offline, undefined);
  });

  it('goes when it turns out to be another person’s than the one who is signed in', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.account.id = 'acc_2';
    on.server.leaseStatus = 503;
    await run(on);
    assert.deepEqual(await on.start().leases.list(), []);
  });

  it('leaves the choice among several teams to the person', async (t) => {
    const on = await device(t);
    on.server.setTeams({ ...studio, ...held }, { ...held, teamId: 'team_2', teamName: 'Annexe' });
    for (const team of ['team_1', 'team_2']) await on.start().leases.renew({ product: 'share', team });
    on.server.down = true;
    const undecided = await on.start().use({ product: 'share' });
    assert.deepEqual([undecided.state, undecided.reason], ['locked', 'chooseTeam']);
    assert.deepEqual(
      undecided.entitlements.map(({ teamName }) => teamName),
      ['Studio', 'Annexe'],
    );
    const chosen = await on.start().use({ product: 'share', team: 'team_2' });
    assert.deepEqual([chosen.state, chosen.team?.name, chosen.lease?.team.name], ['unlocked', 'Annexe', 'Annexe']);
  });

  it('is told of when it comes and when it goes', async (t) => {
    const on = await device(t);
    const share = await on.start().use({ product: 'share' });
    const told: unknown[] = [];
    share.on('lease', (lease) => told.push(lease?.id));
    await on.clock.advance(10_000);
    on.server.tell('taken', 'team_1', { decision: false, reason: 'noLicence' });
    await on.clock.advance(0);
    assert.deepEqual(told, ['lease_1', undefined]);
  });

  it('ends with signing out', async (t) => {
    const on = await device(t);
    await run(on);
    await on.start().signOut();
    await assert.rejects(on.start().use({ product: 'share' }), { code: 'notSignedIn' });
  });

  it('is fetched although the clock of the device is an hour slow', async (t) => {
    const on = await device(t);
    on.clock.set(-hour);
    await run(on);
    assert.equal((await on.start().leases.list()).length, 1);
  });
});

describe('without a lease', () => {
  it('the last known state holds for 60 seconds and no more', async (t) => {
    const on = await device(t);
    on.server.leaseStatus = 503;
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(20_000);
    on.server.down = true;
    on.server.hangUp();
    const heard = on.clock.now();
    await on.clock.advance(5_000);
    assert.ok((share.connection.holdsUntil?.getTime() ?? 0) <= heard + 60_000);
    await on.clock.advance(60_000);
    assert.deepEqual([share.state, share.reason, share.allowed], ['unknown', 'unreachable', false]);
  });
});

describe('a lease is refused', () => {
  it('when the clock was set back between two starts', async (t) => {
    const on = await device(t);
    await run(on);
    on.clock.set(-hour);
    assert.equal(await tellOffline(on), 'locked (clockSetBack)');
  });

  it('when the clock is set back in the middle of the work, and counts again when it is right', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.down = true;
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(6 * hour);
    on.clock.set(-3 * hour);
    assert.equal(share.allowed, false);
    assert.equal(share.reason, 'clockSetBack');
    on.clock.set(3 * hour);
    await on.clock.advance(30_000);
    assert.equal(share.state, 'unlocked');
  });

  it('not when the clock is an hour slow and the server has told so in this run', async (t) => {
    const on = await device(t);
    on.clock.set(-hour);
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(20_000);
    on.server.down = true;
    on.server.hangUp();
    await on.clock.advance(2 * hour);
    assert.deepEqual([share.state, share.reason, share.offline?.leaseId], ['unlocked', 'held', 'lease_1']);
    on.clock.set(hour); // somebody puts it right
    await on.clock.advance(30_000);
    assert.equal(share.state, 'unlocked');
    on.clock.set(-2 * hour); // and back again, further than it was
    assert.deepEqual([share.allowed, share.reason], [false, 'clockSetBack']);
  });

  it('when it ends by the server’s time, however slow the clock', async (t) => {
    const on = await device(t);
    on.clock.set(-48 * hour);
    const share = await on.start().use({ product: 'share' });
    await on.clock.advance(20_000);
    on.server.down = true;
    on.server.hangUp();
    await on.clock.advance(23 * hour);
    assert.equal(share.state, 'unlocked');
    await on.clock.advance(hour);
    assert.deepEqual([share.state, share.reason], ['locked', 'leaseExpired']);
  });

  it('when a slow clock was set back further between two starts', async (t) => {
    const on = await device(t);
    on.clock.set(-hour);
    await run(on);
    on.clock.set(-hour);
    assert.equal(await tellOffline(on), 'locked (clockSetBack)');
  });

  it('not when the clock is put right by a minute', async (t) => {
    const on = await device(t);
    await run(on);
    on.clock.set(-60_000);
    assert.equal(await tellOffline(on), 'unlocked (held)');
  });

  it('when the time that was seen is ahead of the clock, though the lease was issued long before', async (t) => {
    const on = await device(t);
    const share = await on.start().use({ product: 'share' });
    for (let passed = 0; passed < 5 * 60 * 4; passed += 1) {
      await on.clock.advance(15_000);
      on.server.beat();
    }
    share.close();
    on.clock.set(-4 * hour);
    assert.equal(await tellOffline(on), 'locked (clockSetBack)');
  });

  it('when it is of another device: its file alone was copied', async (t) => {
    const [on, other] = [await device(t), await device(t)];
    await run(on);
    await run(other);
    await other.cache.write(`lease ${place}`, (await on.cache.read(`lease ${place}`)) ?? '');
    assert.equal(await tellOffline(other), 'locked (leaseOfAnotherDevice)');
  });

  it('when it is of another device: all files were copied', async (t) => {
    const on = await device(t);
    await run(on);
    assert.equal(await tellOffline(on, {}, { machineId: 'machine-2' }), 'locked (leaseOfAnotherDevice)');
  });

  it('when the device has no key any more', async (t) => {
    const on = await device(t);
    await run(on);
    await on.cache.remove(`device-key ${place}`);
    assert.equal(await tellOffline(on), 'locked (leaseOfAnotherDevice)');
  });

  const edits: [string, (document: Record<string, unknown>, other: StubVendor) => object][] = [
    ['the time that was seen', (document) => ({ ...document, seenAt: 0 })],
    ['the lease', (document) => ({ ...document, leases: ['a.b.c'] })],
    ['the status lists', (document) => ({ ...document, statusLists: [] })],
    ['the keys', (document, other) => ({ ...document, keys: [other.publicJwk] })],
  ];
  for (const [what, change] of edits) {
    for (const pinned of [false, true]) {
      it(`when ${what} in the cache changed, ${pinned ? 'with' : 'without'} a pin`, async (t) => {
        const on = await device(t);
        const trustedKeys = pinned ? [on.server.vendor.thumbprint] : undefined;
        await run(on, trustedKeys && { trustedKeys });
        await edit(on.cache, (document) => change(document, new StubVendor()));
        assert.equal(await tellOffline(on, trustedKeys && { trustedKeys }), 'locked (cacheTampered)');
      });
    }
  }

  it('when what is kept is no longer readable', async (t) => {
    const on = await device(t);
    await run(on);
    await on.cache.write(`lease ${place}`, '{"half');
    assert.equal(await tellOffline(on), 'locked (cacheTampered)');
  });

  it('when it is signed with another key than the pinned one, however well it was sealed', async (t) => {
    const on = await device(t);
    await run(on);
    const thief = new StubVendor();
    const item = {
      ...studio,
      ...held,
      productId: 'prod_share',
      productKey: 'share',
      productName: 'Share',
      revision: 1,
    };
    const thumbprint = await on.start().leases.deviceKey();
    const forged = thief.lease({ item, thumbprint, now: on.clock.now() });
    await reseal(on, forged, [thief]);
    assert.equal(await tellOffline(on, { trustedKeys: [on.server.vendor.thumbprint] }), 'locked (wrongKey)');
  });

  it('when the server signs with a key that is not pinned, while the server itself is believed', async (t) => {
    const on = await device(t);
    const trustedKeys = [new StubVendor().thumbprint];
    await run(on, { trustedKeys });
    assert.equal(on.server.count('/v1/me/leases') > 0, true);
    assert.equal(await tellOffline(on, { trustedKeys }), 'unknown (unreachable)');
  });

  it('not when the pins are keys, and the server rotates to one of them', async (t) => {
    const on = await device(t);
    const next = new StubVendor('key_2');
    const trustedKeys = { keys: [on.server.vendor.publicJwk, next.publicJwk] };
    await run(on, { trustedKeys });
    on.server.vendor = next;
    on.server.vendor.renewAt = 0;
    await on.start({ trustedKeys }).leases.renew({ product: 'share' });
    assert.equal(await tellOffline(on, { trustedKeys }), 'unlocked (held)');
  });

  it('not when the server rotates its key: an unknown one is asked for once', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.vendor = new StubVendor('key_2');
    const before = on.server.count('/.well-known/jwks.json');
    const namesake = on.start();
    await namesake.leases.renew({ product: 'share' });
    await on.clock.advance(1_000);
    await namesake.leases.renew({ product: 'share' });
    assert.equal(on.server.count('/.well-known/jwks.json'), before + 1);
    assert.equal(await tellOffline(on), 'unlocked (held)');
  });

  it('when its key was withdrawn, once a lease of another team was renewed', async (t) => {
    const on = await device(t);
    on.server.setTeams({ ...studio, ...held }, { ...held, teamId: 'team_2', teamName: 'Annexe' });
    const namesake = on.start();
    await namesake.leases.renew({ product: 'share', team: 'team_1' });
    on.server.vendor = new StubVendor('key_2');
    await on.clock.advance(1_000);
    await namesake.leases.renew({ product: 'share', team: 'team_2' });
    on.server.down = true;
    assert.equal((await on.start().use({ product: 'share', team: 'team_2' })).reason, 'held');
    assert.equal((await on.start().use({ product: 'share', team: 'team_1' })).reason, 'wrongKey');
  });

  it('after the clock was far ahead for a while, but no longer once there was contact', async (t) => {
    const on = await device(t);
    await run(on);
    const year = 365 * 24 * hour;
    on.clock.set(year);
    assert.equal(await tellOffline(on), 'locked (leaseExpired)');
    on.server.down = false;
    await run(on);
    on.clock.set(-year);
    on.server.down = true;
    assert.equal(await tellOffline(on), 'unlocked (held)');
  });

  it('when it has ended', async (t) => {
    const on = await device(t);
    await run(on);
    await on.clock.sleep(25 * hour);
    assert.equal(await tellOffline(on), 'locked (leaseExpired)');
  });

  it('when a status list names it that was carried here', async (t) => {
    const on = await device(t);
    await run(on);
    on.server.down = true;
    const share = await on.start().use({ product: 'share' });
    assert.equal(share.state, 'unlocked');
    const list = on.server.vendor.statusList([1], on.clock.now());
    assert.equal(await on.start().leases.importStatusList(`${list}\n`), 1);
    await on.clock.advance(30_000);
    assert.deepEqual([share.state, share.reason], ['locked', 'leaseRevoked']);
  });

  it('when a status list names it that came with a renewal of another team', async (t) => {
    const on = await device(t);
    on.server.setTeams({ ...studio, ...held }, { ...held, teamId: 'team_2', teamName: 'Annexe' });
    const namesake = on.start();
    await namesake.leases.renew({ product: 'share', team: 'team_1' });
    on.server.revoked = [1];
    await on.clock.advance(2_000);
    await namesake.leases.renew({ product: 'share', team: 'team_2' });
    on.server.down = true;
    assert.equal((await on.start().use({ product: 'share', team: 'team_1' })).reason, 'leaseRevoked');
    assert.equal((await on.start().use({ product: 'share', team: 'team_2' })).reason, 'held');
  });
});
