import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, postForm, startDevice } from '../harness/device-builder.ts';
import { refused } from '../harness/refused.ts';

const CLIENT = 'sketchpad';

describe('the device flow', () => {
  let app: TestApp;
  let pia: SignedIn;

  before(async () => {
    app = await createTestApp();
    await makeApplication(app, CLIENT);
    pia = await app.as({ email: 'pia@office.example', name: 'Pia' });
  });
  after(() => app.close());

  /** A device that somebody has let in, with its token. */
  async function signedInDevice() {
    const device = await startDevice(app, CLIENT);
    await pia.approveDeviceRequest({ body: { userCode: device.userCode } });
    const { body } = await device.poll();
    const token = String(body.access_token);
    return { device, token, client: app.withHeaders({ authorization: `Bearer ${token}` }) };
  }

  it('begins with a code to type and a code to keep', async () => {
    const { status, headers, body } = await postForm(app, '/oauth/device_authorization', { client_id: CLIENT });
    assert.equal(status, 200);
    assert.match(String(body.user_code), /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/);
    assert.equal(body.verification_uri, 'http://localhost:4280/device');
    assert.equal(body.verification_uri_complete, `http://localhost:4280/device?code=${body.user_code}`);
    assert.deepEqual([body.expires_in, body.interval], [600, 5]);
    assert.equal(headers.get('cache-control'), 'no-store');
    const kept = await app.ground.db.selectFrom('deviceRequest').selectAll().execute();
    assert.ok(!JSON.stringify(kept).includes(String(body.device_code)));
  });

  it('shows application, place and network address, and lets nobody in by looking', async () => {
    const device = await startDevice(app, CLIENT, 'studio-7');
    const typed = device.userCode.toLowerCase().replace('-', ' ');
    const shown = await pia.findDeviceRequest({ body: { userCode: typed } });
    assert.equal(shown.applicationName, 'Sketchpad');
    assert.equal(shown.place, 'studio-7');
    assert.equal(shown.address, '127.0.0.1');
    assert.equal(shown.signedInDays, 90);
    assert.equal((await device.poll()).body.error, 'authorization_pending');
    assert.equal((await app.request(`/device?code=${device.userCode}`, { headers: { cookie: pia.cookie } })).ok, false);
    await refused(app.anonymous.findDeviceRequest({ body: { userCode: typed } }), 'notSignedIn');
    await refused(app.anonymous.approveDeviceRequest({ body: { userCode: typed } }), 'notSignedIn');
  });

  it('gives the token once, after somebody approved', async () => {
    const device = await startDevice(app, CLIENT);
    assert.deepEqual(await pia.approveDeviceRequest({ body: { userCode: device.userCode } }), {
      applicationName: 'Sketchpad',
    });
    const { status, body } = await device.poll();
    assert.equal(status, 200);
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.expires_in, 90 * 86_400);
    assert.ok(Buffer.from(String(body.access_token), 'base64url').length >= 32);

    const replayed = await device.poll();
    assert.deepEqual([replayed.status, replayed.body], [400, { error: 'invalid_grant' }]);
    const kept = await app.ground.db.selectFrom('deviceToken').selectAll().execute();
    assert.ok(!JSON.stringify(kept).includes(String(body.access_token)));
    const events = await app.ground.db
      .selectFrom('event')
      .select('actorId')
      .where('kind', '=', 'deviceApproved')
      .execute();
    assert.ok(events.some(({ actorId }) => actorId === pia.accountId));
  });

  it('gives one token to two polls at once', async () => {
    const device = await startDevice(app, CLIENT);
    await pia.approveDeviceRequest({ body: { userCode: device.userCode } });
    const answers = await Promise.all([device.poll(), device.poll()]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
  });

  it('is refused by who is asked', async () => {
    const device = await startDevice(app, CLIENT);
    await pia.denyDeviceRequest({ body: { userCode: device.userCode } });
    const { status, body } = await device.poll();
    assert.deepEqual([status, body], [400, { error: 'access_denied' }]);
  });

  it('is decided once', async () => {
    const device = await startDevice(app, CLIENT);
    const { userCode } = device;
    await pia.approveDeviceRequest({ body: { userCode } });
    const eve = await app.as('eve@office.example');
    await refused(eve.approveDeviceRequest({ body: { userCode } }), 'deviceCodeDecided');
    await refused(eve.denyDeviceRequest({ body: { userCode } }), 'deviceCodeDecided');
    await refused(pia.findDeviceRequest({ body: { userCode } }), 'deviceCodeDecided');
  });

  it('approves once for a request that is repeated with its key', async () => {
    const { userCode } = await startDevice(app, CLIENT);
    const call = { body: { userCode }, idempotencyKey: `approve-${userCode}` };
    assert.deepEqual(await pia.approveDeviceRequest(call), await pia.approveDeviceRequest(call));
  });

  it('ends when nobody comes', async () => {
    const device = await startDevice(app, CLIENT);
    app.clock.forward({ seconds: 601 });
    await refused(pia.findDeviceRequest({ body: { userCode: device.userCode } }), 'deviceCodeUnknown');
    await refused(pia.approveDeviceRequest({ body: { userCode: device.userCode } }), 'deviceCodeUnknown');
    assert.deepEqual((await device.poll()).body, { error: 'expired_token' });
  });

  it('slows down a device that asks too fast', async () => {
    const device = await startDevice(app, CLIENT);
    const errorOf = async () => (await device.poll()).body.error;
    assert.equal(await errorOf(), 'authorization_pending');
    assert.equal(await errorOf(), 'slow_down');
    app.clock.forward({ seconds: 9 });
    assert.equal(await errorOf(), 'slow_down');
    app.clock.forward({ seconds: 15 });
    assert.equal(await errorOf(), 'authorization_pending');
    await pia.approveDeviceRequest({ body: { userCode: device.userCode } });
    assert.equal((await device.poll()).status, 200);
  });

  const wrongBeginnings = {
    'without an application': {},
    'with two of them': 'client_id=sketchpad&client_id=other',
    'with control characters in its place': { client_id: CLIENT, place: 'a\u0000b' },
    'with a place that is too long': { client_id: CLIENT, place: 'x'.repeat(121) },
  };
  for (const [what, form] of Object.entries(wrongBeginnings)) {
    it(`does not begin ${what}`, async () => {
      const { status, body } = await postForm(app, '/oauth/device_authorization', form);
      assert.deepEqual([status, body], [400, { error: 'invalid_request' }]);
    });
  }

  it('does not begin for an application that nobody knows', async () => {
    const { status, body } = await postForm(app, '/oauth/device_authorization', { client_id: 'unknown' });
    assert.deepEqual([status, body], [401, { error: 'invalid_client' }]);
  });

  it('takes forms alone, and no long ones', async () => {
    const json = { 'content-type': 'application/json' };
    const wrongType = await app.request('/oauth/token', { method: 'POST', headers: json, body: '{}' });
    assert.equal(wrongType.status, 400);
    const tooLong = await postForm(app, '/oauth/token', { device_code: 'x'.repeat(10_000) });
    assert.equal(tooLong.status, 413);
  });

  it('tells wrong codes and other ways to sign in apart', async () => {
    const device = await startDevice(app, CLIENT);
    await makeApplication(app, 'other', 'Other');
    const grant = 'urn:ietf:params:oauth:grant-type:device_code';
    const errorOf = async (form: Record<string, string>) => (await postForm(app, '/oauth/token', form)).body.error;
    const right = { grant_type: grant, device_code: device.deviceCode, client_id: CLIENT };
    assert.equal(await errorOf({ ...right, device_code: 'nonsense' }), 'invalid_grant');
    assert.equal(await errorOf({ ...right, client_id: 'other' }), 'invalid_grant');
    assert.equal(await errorOf({ ...right, grant_type: 'password' }), 'unsupported_grant_type');
    assert.equal(await errorOf({ grant_type: grant, client_id: CLIENT }), 'invalid_request');
  });

  it('opens the own entitlements and nothing else', async () => {
    const { client, token } = await signedInDevice();
    const { account } = await client.listMyEntitlements();
    assert.equal(account.email, 'pia@office.example');
    await refused(client.getMe(), 'tokenScope');
    await refused(client.listTeams(), 'tokenScope');
    await refused(client.makeTeam({ body: { name: 'By token' } }), 'tokenScope');
    await refused(client.approveDeviceRequest({ body: { userCode: 'BDWP-HQPK' } }), 'tokenScope');
    const withCookie = app.withHeaders({ authorization: `Bearer ${token}`, cookie: pia.cookie });
    await refused(withCookie.getMe(), 'tokenScope');
    await refused(app.withHeaders({ authorization: 'Bearer nonsense' }).listMyEntitlements(), 'notSignedIn');
  });

  it('ends with the token, which the application gives back or which grows old', async () => {
    const first = await signedInDevice();
    assert.equal((await postForm(app, '/oauth/revoke', { token: first.token })).status, 200);
    assert.equal((await postForm(app, '/oauth/revoke', { token: first.token })).status, 200);
    await refused(first.client.listMyEntitlements(), 'notSignedIn');

    const second = await signedInDevice();
    app.clock.forward({ days: 89 });
    await second.client.listMyEntitlements();
    app.clock.forward({ days: 1, seconds: 1 });
    await refused(second.client.listMyEntitlements(), 'notSignedIn');
  });

  it('is closed to an application that the vendor has retired', async () => {
    const { client, device } = await signedInDevice();
    await app.ground.db.updateTable('application').set({ retired: true }).where('key', '=', CLIENT).execute();
    await refused(client.listMyEntitlements(), 'notSignedIn');
    assert.equal((await postForm(app, '/oauth/device_authorization', { client_id: CLIENT })).status, 401);
    await app.ground.db.updateTable('application').set({ retired: false }).where('key', '=', CLIENT).execute();
    assert.equal((await device.poll()).body.error, 'invalid_grant');
  });

  it('approves nothing that another site asks for', async () => {
    const { userCode } = await startDevice(app, CLIENT);
    const foreign = app.withHeaders({ cookie: pia.cookie, 'sec-fetch-site': 'cross-site' });
    await refused(foreign.approveDeviceRequest({ body: { userCode } }), 'crossSite');
    await pia.findDeviceRequest({ body: { userCode } });
  });

  it('counts guesses at codes', async () => {
    const guesser = await app.as('guesser@office.example');
    const guess = () => guesser.findDeviceRequest({ body: { userCode: 'BBBB-BBBB' } });
    for (let tries = 0; tries < 30; tries += 1) await refused(guess(), 'deviceCodeUnknown');
    await refused(guess(), 'tooManyRequests');
    app.clock.forward({ seconds: 601 });
    await refused(guess(), 'deviceCodeUnknown');
  });
});
