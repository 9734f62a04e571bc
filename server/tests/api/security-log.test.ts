import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Log, LogFields } from '../../platform/log.ts';
import { newestLink, PASSWORD, resetLink, signedUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { openBrowser } from '../harness/browser.ts';
import { makeApplication, startDevice } from '../harness/device-builder.ts';
import { refused } from '../harness/refused.ts';

type Entry = Record<string, unknown> & { readonly message: string };

/** A log that keeps what a standard one would write. */
function keepingLog(): Log & { readonly entries: Entry[] } {
  const entries: Entry[] = [];
  const keep = (message: string, fields?: LogFields) => void entries.push({ message, ...fields });
  return {
    entries,
    info: keep,
    warn: keep,
    error: (message, error, fields) =>
      keep(message, { ...fields, error: String(error), stack: error instanceof Error ? error.stack : undefined }),
  };
}

const NEW_PASSWORD = 'quiet meadow of nine bells';
const WRONG_PASSWORD = 'somebody guessed this one';

describe('the log', () => {
  const log = keepingLog();
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ log, proxies: ['127.0.0.1'] });
    await makeApplication(app, 'sketchpad');
  });
  after(() => app.close());
  beforeEach(() => log.entries.splice(0));

  const told = (message: string) => log.entries.filter((entry) => entry.message === message);

  it('tells who signed in, how and from where, and who failed to', async () => {
    const email = 'watched@office.example';
    const browser = await signedUp(app, email);
    const { account } = await browser.getMe();
    await refused(app.anonymous.signIn({ body: { email, password: WRONG_PASSWORD } }), 'wrongCredentials');
    await browser.signIn({ body: { email, password: PASSWORD } });
    await refused(
      app.anonymous.signIn({ body: { email: 'nobody@office.example', password: WRONG_PASSWORD } }),
      'wrongCredentials',
    );

    const address = '127.0.0.1';
    assert.deepEqual(told('signed in'), [
      { message: 'signed in', accountId: account.id, by: 'link', address },
      { message: 'signed in', accountId: account.id, by: 'password', address },
    ]);
    assert.deepEqual(told('sign-in refused'), [
      { message: 'sign-in refused', accountId: account.id, address },
      { message: 'sign-in refused', accountId: undefined, address },
    ]);
  });

  it('tells of a new password', async () => {
    const email = 'changing@office.example';
    const browser = await signedUp(app, email);
    const { account } = await browser.getMe();
    await browser.changePassword({ body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } });
    const link = await resetLink(app, email);
    await app.anonymous.resetPassword({ ...link, body: { ...link.body, password: PASSWORD } });
    assert.deepEqual(
      told('password changed').map(({ accountId, by }) => [accountId, by]),
      [
        [account.id, 'password'],
        [account.id, 'link'],
      ],
    );
  });

  it('tells who tried what is not theirs', async () => {
    const anna = await app.as('anna@office.example');
    const eve = await app.as('eve@elsewhere.example');
    const team = await anna.makeTeam({ body: { name: 'Anna’s' } });
    await refused(eve.getTeam({ teamId: team.id }), 'notFound');
    await refused(eve.listNotices({ query: {} }), 'forbidden');
    await refused(
      app.withHeaders({ cookie: eve.cookie, 'sec-fetch-site': 'cross-site' }).changeMe({ body: {} }),
      'crossSite',
    );

    const refusals = told('request refused').map(({ code, caller, method, path }) => [code, caller, method, path]);
    assert.deepEqual(refusals, [
      ['notFound', eve.accountId, 'GET', `/v1/teams/${team.id}`],
      ['forbidden', eve.accountId, 'GET', '/v1/notices'],
      ['crossSite', eve.accountId, 'PATCH', '/v1/me'],
    ]);
  });

  it('tells which client a proxy of ours let through to the checks', async () => {
    const server = createServer(app.listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A listening TCP server has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const headers = {
      authorization: 'Bearer a-key-that-nobody-made',
      'x-forwarded-for': '203.0.113.7',
      host: 'localhost',
    };
    const { status } = await fetch(`http://127.0.0.1:${port}/access/v1/evaluation`, { method: 'POST', headers });
    server.close();
    assert.equal(status, 401);
    assert.deepEqual(
      told('request refused').map(({ code, address }) => [code, address]),
      [['applicationUnknown', '203.0.113.7']],
    );
  });

  it('writes no word of an address that somebody typed', async () => {
    const eve = await app.as('eve@elsewhere.example');
    await app.request('/v1/teams/anna@office.example/licences', { headers: { cookie: eve.cookie } });
    assert.deepEqual(
      told('request refused').map(({ path }) => path),
      ['/v1/teams/…/licences'],
    );
  });
});

describe('secrets and addresses', () => {
  const log = keepingLog();
  const secrets = new Set<string>();
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ log });
    await makeApplication(app, 'sketchpad');
  });
  after(() => app.close());

  it('stand in no line of the log, whatever happens', async () => {
    const email = 'private.person@office.example';
    for (const secret of [email, 'private.person', PASSWORD, NEW_PASSWORD, WRONG_PASSWORD]) secrets.add(secret);
    const browser = await signedUp(app, email);
    secrets.add(browser.cookie().split('=')[1] ?? '');
    secrets.add((await newestLink(app, email)).body.secret);
    await refused(app.anonymous.signIn({ body: { email, password: WRONG_PASSWORD } }), 'wrongCredentials');
    const link = await resetLink(app, email);
    secrets.add(link.body.secret);
    await refused(app.anonymous.openLink({ ...link, body: { secret: WRONG_PASSWORD } }), 'linkUnknown');
    await app.anonymous.resetPassword({ ...link, body: { ...link.body, password: NEW_PASSWORD } });
    await browser.signIn({ body: { email, password: NEW_PASSWORD } });
    secrets.add(browser.cookie().split('=')[1] ?? '');

    const device = await startDevice(app, 'sketchpad');
    await browser.approveDeviceRequest({ body: { userCode: device.userCode } });
    const token = String((await device.poll()).body.access_token);
    for (const secret of [device.deviceCode, device.userCode, token]) secrets.add(secret);
    await app.withHeaders({ authorization: `Bearer ${token}` }).listMyEntitlements();
    await refused(app.withHeaders({ authorization: `Bearer ${token}` }).getMe(), 'tokenScope');
    await app.request('/access/v1/evaluation', { method: 'POST', headers: { authorization: `Bearer ${token}` } });

    await browser.makeTeam({ body: { name: 'Private team' } });
    await app.request(`/v1/teams?token=${token}`, { headers: { cookie: browser.cookie() } });
    await app.request(`/v1/teams/${email}`, { headers: { cookie: browser.cookie() } });
    await openBrowser(app).signOut();
    await app.settled();

    const lines = log.entries.map((entry) => JSON.stringify(entry));
    assert.ok(lines.length > 5, 'something was logged');
    for (const secret of secrets) {
      assert.ok(secret.length > 7);
      const raw = decodeURIComponent(secret);
      const found = lines.filter((line) => line.includes(secret) || line.includes(raw));
      assert.deepEqual(found, [], `${secret} was logged`);
    }
  });
});
