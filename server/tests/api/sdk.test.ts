import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ApplicationId, MemberId, ProductId } from '../../../domain/id.ts';
import type { NamesakeCache } from '../../../sdk/cache.ts';
import { memoryCache } from '../../../sdk/cache.ts';
import type { Clock } from '../../../sdk/clock.ts';
import { systemClock } from '../../../sdk/clock.ts';
import type { ProductUse } from '../../../sdk/index.ts';
import { Namesake } from '../../../sdk/namesake.ts';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp, TEST_URL } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import type { SocketServer } from '../harness/socket-server.ts';
import { openSocketServer } from '../harness/socket-server.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

const product = 'share';

describe('a licensed application', () => {
  let app: TestApp;
  let socket: SocketServer;
  let productId: ProductId;
  let applicationId: ApplicationId;
  let team: TestTeam;
  let pia: SignedIn;
  let memberId: MemberId;
  let clock: Clock;
  let hasNetwork = true;
  const started: Namesake[] = [];

  before(async () => {
    app = await createTestApp();
    socket = await openSocketServer(app.listener);
    productId = await makeProduct(app);
    applicationId = await makeApplication(app, 'sketchpad', [productId]);
    team = await makeTeam(app, 'owner@office.example');
    await addLicences(app, { teamId: team.teamId, productId, quantity: 2 });
    ({ memberId, person: pia } = await addMember(app, team, 'pia@office.example'));
    clock = { ...systemClock(), now: () => app.clock.now().getTime() };
  });
  after(async () => {
    for (const namesake of started) namesake.close();
    await socket.close();
    await app.close();
  });

  beforeEach(() => {
    hasNetwork = true;
  });

  /** The network between the device and the server. Its own `Date` would tell the machine's time, not the test's. */
  const network = async (url: string, init: RequestInit) => {
    if (!hasNetwork) throw new TypeError('fetch failed');
    const answer = await fetch(url, init);
    const headers = new Headers(answer.headers);
    headers.set('date', app.clock.now().toUTCString());
    return new Response(answer.body, { status: answer.status, headers });
  };

  function start(cache: NamesakeCache): Namesake {
    const options = { server: socket.url, issuer: TEST_URL, application: 'sketchpad', place: 'WS-114', cache };
    const namesake = new Namesake({ ...options, fetch: network }, clock);
    started.push(namesake);
    return namesake;
  }

  /** Signs in as a person does: the code is approved on the device page. */
  async function signIn(namesake: Namesake): Promise<void> {
    let approved: Promise<unknown> = Promise.resolve();
    await namesake.signIn({
      onCode({ userCode }) {
        approved = pia.approveDeviceRequest({ body: { userCode } });
      },
    });
    await approved;
  }

  /** A device that is signed in already. */
  async function signedIn(): Promise<NamesakeCache> {
    const cache = memoryCache();
    const token = await makeDeviceToken(app, applicationId, pia.accountId);
    await cache.write(`token ${socket.url} sketchpad`, token);
    return cache;
  }

  const give = () => team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
  const heard = (share: ProductUse, type: 'given' | 'taken' | 'lease') =>
    new Promise<void>((resolve) => share.on(type, () => resolve()));

  it('waits, unlocks, works on without network, and is locked at once when the network is back', async () => {
    const cache = memoryCache();
    const first = start(cache);
    await signIn(first);
    const share = await first.use({ product });
    assert.deepEqual([share.state, share.reason], ['locked', 'noLicence']);
    const before = await first.why({ product });
    assert.deepEqual([before.decision, before.remedy?.code], [false, 'giveLicence']);
    await until(() => share.connection.online);

    const [given, leased] = [heard(share, 'given'), heard(share, 'lease')];
    const { licence } = await give();
    await given;
    assert.equal(share.state, 'unlocked');
    await leased;
    const { items } = await team.owner.listReceipts({ teamId: team.teamId });
    assert.deepEqual(
      items.map(({ state, place, applicationName }) => [state, place, applicationName]),
      [['unlocked', 'WS-114', 'sketchpad']],
    );
    const after = await first.why({ product });
    assert.equal(after.decision, true);
    assert.equal(after.checks.find(({ check }) => check === 'lease')?.code, 'live');
    first.close();

    hasNetwork = false;
    const second = start(cache);
    const offline = await second.use({ product });
    assert.deepEqual([offline.state, offline.reason, offline.team?.id], ['unlocked', 'held', team.teamId]);
    assert.equal(offline.offline?.until.getTime(), app.clock.now().getTime() + 24 * 3_600_000);
    await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId } });
    assert.equal(offline.allowed, true);

    hasNetwork = true;
    const locked = await offline.until('locked');
    assert.equal(locked.reason, 'noLicence');
    await until(async () => (await second.leases.list()).length === 0);
    second.close();
  });

  it('hears from a status list that was carried that its lease was revoked', async () => {
    const cache = await signedIn();
    const first = start(cache);
    const { licence } = await give();
    const { id } = await first.leases.renew({ product });
    assert.ok((await pia.listMyLeases()).items.some(({ leaseId }) => leaseId === id));
    await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId } });
    hasNetwork = false;
    const second = start(cache);
    const share = await second.use({ product });
    assert.equal(share.state, 'unlocked');
    // The server makes a list anew every few seconds.
    await until(async () => {
      const list = await fetch(`${socket.url}/v1/status-lists/0`);
      return (await second.leases.importStatusList(await list.text())) === 1;
    });
    assert.deepEqual([share.state, share.reason], ['locked', 'leaseRevoked']);
    second.close();
  });

  it('gets a lease for a machine that never has a network', async () => {
    const connected = start(await signedIn());
    await give();
    const machine = start(memoryCache());
    hasNetwork = false;
    const request = await machine.leases.request({ product });
    hasNetwork = true;
    const { text, deviceKey } = await connected.leases.fetch(request);
    assert.equal(deviceKey, await machine.leases.deviceKey());
    await assert.rejects(connected.leases.fetch(request), { problemCode: 'invalidDpopProof' });
    hasNetwork = false;
    const { unknownKeys } = await machine.leases.import(text);
    const { taken } = await machine.leases.import(text, { trust: unknownKeys });
    assert.equal(taken.length, 1);
    const share = await machine.use({ product });
    assert.deepEqual([share.state, share.team?.id], ['unlocked', team.teamId]);
  });
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('It did not come to be within 10 seconds.');
}
