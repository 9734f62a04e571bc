import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryCache } from './cache.ts';
import { Namesake } from './namesake.ts';
import type { NamesakeOptions } from './namesake-options.ts';
import { FakeClock } from './tests/fake-clock.ts';
import { StubServer } from './tests/stub-server.ts';
import { StubVendor } from './tests/stub-vendor.ts';

const held = { teamId: 'team_1', teamName: 'Studio', decision: true, reason: 'held' };
const product = 'share';

/** A connected machine with somebody signed in, and another that never has a network. */
async function machines() {
  const [server, clock] = [new StubServer(), new FakeClock()];
  server.clock = clock;
  server.setTeams(held);
  const open = (more: Partial<NamesakeOptions>) =>
    new Namesake({ server: 'http://localhost:4280', application: 'sketchpad', ...more }, clock);
  const cache = memoryCache();
  await cache.write('token http://localhost:4280 sketchpad', 'token-0');
  const connected = open({ cache, fetch: server.fetch });
  const offlineCache = memoryCache();
  const noNetwork = async () => {
    throw new TypeError('no network');
  };
  const offline = (more: Partial<NamesakeOptions> = {}) => open({ cache: offlineCache, fetch: noNetwork, ...more });
  return { server, clock, connected, offline, trust: [server.vendor.thumbprint] };
}

describe('a lease for a machine without network', () => {
  it('is asked for there, fetched elsewhere, and unlocks there, where nobody ever signed in', async (t) => {
    const { clock, connected, offline, trust } = await machines();
    const request = await offline().leases.request({ product });
    await clock.sleep(3_600_000); // as long as the way takes
    const { text, deviceKey } = await connected.leases.fetch(request);
    assert.equal(deviceKey, await offline().leases.deviceKey());
    const { taken, unknownKeys } = await offline().leases.import(text, { trust });
    assert.deepEqual([taken.map(({ team }) => team.name), unknownKeys], [['Studio'], []]);
    const machine = offline();
    t.after(() => machine.close());
    const share = await machine.use({ product });
    assert.deepEqual([share.state, share.reason, share.connection.online], ['unlocked', 'held', false]);
  });

  it('unlocks the program that is running there', async (t) => {
    const { clock, connected, offline, trust } = await machines();
    const file = (await connected.leases.fetch(await offline().leases.request({ product }))).text;
    await offline().leases.import(file, { trust });
    const machine = offline();
    t.after(() => machine.close());
    const share = await machine.use({ product });
    await clock.sleep(25 * 3_600_000);
    await clock.advance(30_000);
    assert.equal(share.reason, 'leaseExpired');
    const next = (await connected.leases.fetch(await offline().leases.request({ product }))).text;
    await offline().leases.import(next);
    await clock.advance(30_000);
    assert.equal(share.state, 'unlocked');
  });

  it('counts only if somebody has said that the key is the vendor’s', async () => {
    const { server, connected, offline, trust } = await machines();
    const { text } = await connected.leases.fetch(await offline().leases.request({ product }));
    const untold = await offline().leases.import(text);
    assert.deepEqual(untold, { taken: [], refused: ['wrongKey'], unknownKeys: trust });
    const wrong = await offline().leases.import(text, { trust: [new StubVendor().thumbprint] });
    assert.deepEqual(wrong.refused, ['wrongKey']);
    const pinned = await offline({ trustedKeys: [server.vendor.thumbprint] }).leases.import(text);
    assert.equal(pinned.taken.length, 1);
  });

  it('counts on no other machine', async () => {
    const { connected, offline, trust } = await machines();
    const { text } = await connected.leases.fetch(await offline().leases.request({ product }));
    const third = offline({ cache: memoryCache() });
    assert.deepEqual((await third.leases.import(text, { trust })).refused, ['leaseOfAnotherDevice']);
    assert.deepEqual((await connected.leases.import(text, { trust })).refused, ['leaseOfAnotherDevice']);
  });

  it('is not fetched for a request that was changed, or of another application', async () => {
    const { connected, offline } = await machines();
    const request = JSON.parse(await offline().leases.request({ product }));
    const [head, , signature] = request.request.split('.');
    const body = Buffer.from(JSON.stringify({ application: 'sketchpad', jti: 'x', iat: 9e9 })).toString('base64url');
    const changed = JSON.stringify({ ...request, request: `${head}.${body}.${signature}` });
    await assert.rejects(connected.leases.fetch(changed), { code: 'unreadable' });
    const foreign = JSON.stringify({ ...request, application: 'painter' });
    await assert.rejects(connected.leases.fetch(foreign), { code: 'refused' });
    await assert.rejects(connected.leases.fetch('{}'), { code: 'unreadable' });
    await assert.rejects(offline().leases.import('{"type":'), { code: 'unreadable' });
  });

  it('is fetched for one team: the one that is named, or the only one with a licence', async () => {
    const { server, connected, offline } = await machines();
    server.setTeams(held, { ...held, teamId: 'team_2', teamName: 'Annexe' });
    const request = await offline().leases.request({ product });
    await assert.rejects(connected.leases.fetch(request), { code: 'refused', reason: 'chooseTeam' });
    const { text } = await connected.leases.fetch(request, { team: 'team_2' });
    assert.equal(JSON.parse(text).leases.length, 1);
  });

  it('is refused with the reason where there is no licence', async () => {
    const { server, connected, offline } = await machines();
    server.setTeams({ ...held, decision: false, reason: 'noLicence' });
    const request = await offline().leases.request({ product });
    await assert.rejects(connected.leases.fetch(request), { problemCode: 'leaseRefused', reason: 'noLicence' });
  });
});

it('exports the leases of a device, and takes them again on it', async () => {
  const { connected, trust } = await machines();
  const { id } = await connected.leases.renew({ product });
  const file = await connected.leases.export();
  await connected.signOut();
  assert.deepEqual(await connected.leases.list(), []);
  assert.deepEqual((await connected.leases.import(file)).refused, ['wrongKey']);
  const { taken } = await connected.leases.import(file, { trust });
  assert.deepEqual(
    taken.map((lease) => lease.id),
    [id],
  );
});
