import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { forgetEndedLeases } from '../../features/lease/lease-list.service.ts';
import { createStatusLists } from '../../features/lease/status-list.service.ts';
import { createKeyring } from '../../features/signing-key/keyring.service.ts';
import { revokeSigningKey } from '../../features/signing-key/signing-key.service.ts';
import { resetLink, signedUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeDeviceToken } from '../harness/application-builder.ts';
import { postForm } from '../harness/device-builder.ts';
import { countLeases, makeLeaseScene, verifyToken } from '../harness/lease-builder.ts';

describe('a status list', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  const find = (list = 0) => createStatusLists(app.ground, createKeyring(app.ground))(list);

  /** The places that the list names as revoked, read by a second implementation of signature and compression. */
  async function revokedPlaces(): Promise<number[]> {
    const { token } = await find();
    const { payload } = await verifyToken(app, token, { typ: 'statuslist+jwt' });
    const { bits, lst } = payload.status_list as { bits: number; lst: string };
    assert.equal(bits, 1);
    const bytes = inflateSync(Buffer.from(lst, 'base64url'));
    assert.equal(bytes.length, 16_384);
    return [...bytes].flatMap((byte, at) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => at * 8 + bit),
    );
  }

  /** Whether the list names a lease as revoked. */
  async function isRevoked(lease: string): Promise<boolean> {
    const { payload } = await verifyToken(app, lease, { typ: 'lease+jwt' });
    const { status_list: place } = payload.status as { status_list: { idx: number; uri: string } };
    assert.equal(place.uri, 'http://localhost:4280/v1/status-lists/0');
    return (await revokedPlaces()).includes(place.idx);
  }

  it('is signed, of its own type, cacheable, and says what it is the list of', async () => {
    const scene = await makeLeaseScene(app);
    await scene.ask();
    const answer = await app.request('/v1/status-lists/0');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/statuslist+jwt');
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=60');
    const { payload } = await verifyToken(app, await answer.text(), { typ: 'statuslist+jwt' });
    const iat = app.clock.now().getTime() / 1000;
    const { status_list: _, ...claims } = payload;
    assert.deepEqual(claims, { sub: 'http://localhost:4280/v1/status-lists/0', iat, exp: iat + 30 * 86_400, ttl: 60 });
  });

  it('is not sent again to who has it', async () => {
    const { etag } = await find();
    const headers = { 'if-none-match': `"other", ${etag}` };
    const answer = await app.request('/v1/status-lists/0', { headers });
    assert.deepEqual([answer.status, answer.headers.get('etag'), await answer.text()], [304, etag, '']);
    assert.equal((await app.request('/v1/status-lists/0', { headers: { 'if-none-match': '"other"' } })).status, 200);
  });

  for (const list of ['1', '-1', '00', '1e3', 'x', '99999999999', '0.5']) {
    it(`does not exist as ${list}`, async () => {
      assert.equal((await app.request(`/v1/status-lists/${list}`)).status, 404);
    });
  }

  it('does not exist before there is a lease', async (t) => {
    const fresh = await createTestApp();
    t.after(() => fresh.close());
    assert.equal((await fresh.request('/v1/status-lists/0')).status, 404);
  });

  it('follows the licence: taken, given again, moved', async () => {
    const scene = await makeLeaseScene(app);
    const { teamId, owner, ownerMemberId } = scene.team;
    const { body } = await scene.ask();
    const licence = { teamId, licenceId: scene.licenceId as never };
    assert.equal(await isRevoked(body.lease), false);
    await owner.takeLicence({ ...licence, body: { memberId: scene.memberId } });
    assert.equal(await isRevoked(body.lease), true);
    const given = await owner.giveLicence({ teamId, body: { productId: scene.productId, memberId: scene.memberId } });
    assert.equal(await isRevoked(body.lease), false);
    await owner.moveLicence({
      teamId,
      licenceId: given.licence.id,
      body: { fromMemberId: scene.memberId, toMemberId: ownerMemberId } as never,
    });
    assert.equal(await isRevoked(body.lease), true);
  });

  it('follows the member: removing needs nothing more', async () => {
    const scene = await makeLeaseScene(app);
    const { body } = await scene.ask();
    await scene.team.owner.removeMember({ teamId: scene.team.teamId, memberId: scene.memberId });
    assert.equal(await isRevoked(body.lease), true);
  });

  it('follows the device: signing out revokes its leases, not those of others', async () => {
    const scene = await makeLeaseScene(app);
    const other = await makeLeaseScene(app);
    const [one, two] = [(await scene.ask()).body, (await other.ask()).body];
    assert.equal((await postForm(app, '/oauth/revoke', { token: scene.token })).status, 200);
    assert.deepEqual([await isRevoked(one.lease), await isRevoked(two.lease)], [true, false]);
    const event = await app.ground.db
      .selectFrom('event')
      .select('data')
      .where('kind', '=', 'deviceSignedOut')
      .executeTakeFirstOrThrow();
    assert.deepEqual(event.data, {
      tokenId: scene.tokenId,
      accountId: scene.person.accountId,
      applicationId: scene.applicationId,
    });
  });

  it('follows the password: setting a new one signs every application out', async () => {
    const email = 'forgot@office.example';
    const browser = await signedUp(app, email);
    const scene = await makeLeaseScene(app);
    const { id } = await app.ground.db
      .selectFrom('account')
      .select('id')
      .where('email', '=', email as never)
      .executeTakeFirstOrThrow();
    const token = await makeDeviceToken(app, scene.applicationId, id);
    const device = app.withHeaders({ authorization: `Bearer ${token}` });
    await device.listMyEntitlements();
    const link = await resetLink(app, email);
    await browser.resetPassword({ ...link, body: { ...link.body, password: 'another violet harbour cup' } });
    await assert.rejects(device.listMyEntitlements(), { code: 'notSignedIn' });
  });

  it('names everything that a revoked key has signed', async () => {
    const scene = await makeLeaseScene(app);
    const { body } = await scene.ask();
    const { number, kid } = await app.ground.db
      .selectFrom('lease')
      .select(['number', 'kid'])
      .where('id', '=', body.leaseId)
      .executeTakeFirstOrThrow();
    await revokeSigningKey(app.ground, kid);
    assert.ok((await revokedPlaces()).includes(number));
  });

  it('says nothing of leases that have ended, which are forgotten after 90 days', async (t) => {
    const fresh = await createTestApp();
    t.after(() => fresh.close());
    const scene = await makeLeaseScene(fresh);
    await scene.ask();
    await scene.team.owner.removeMember({ teamId: scene.team.teamId, memberId: scene.memberId });
    fresh.clock.forward({ days: 1, seconds: 1 });
    const lists = createStatusLists(fresh.ground, createKeyring(fresh.ground));
    const { payload } = await verifyToken(fresh, (await lists(0)).token, { typ: 'statuslist+jwt' });
    const bytes = inflateSync(Buffer.from((payload.status_list as { lst: string }).lst, 'base64url'));
    assert.ok(bytes.every((byte) => byte === 0));
    fresh.clock.forward({ days: 89 });
    await forgetEndedLeases(fresh.ground);
    assert.equal(await countLeases(fresh), 1);
    fresh.clock.forward({ days: 2 });
    await forgetEndedLeases(fresh.ground);
    assert.equal(await countLeases(fresh), 0);
  });
});
