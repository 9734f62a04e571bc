import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { EmailAddress } from '../../../domain/email-address.ts';
import { accountJobs } from '../../features/account/account.jobs.ts';
import { endSignInsOf } from '../../features/account/sign-in-place.service.ts';
import { PASSWORD, resetLink, signedUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { Browser } from '../harness/browser.ts';
import { openBrowser } from '../harness/browser.ts';
import { makeApplication, startDevice } from '../harness/device-builder.ts';
import { refused } from '../harness/refused.ts';

const NEW_PASSWORD = 'quiet meadow of nine bells';
const DAY_SECONDS = 86_400;

describe('sessions', () => {
  let app: TestApp;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    await makeApplication(app, 'sketchpad');
  });
  after(() => app.close());

  const person = async () => {
    serial += 1;
    const email = `person${serial}@office.example`;
    return { email, here: await signedUp(app, email) };
  };
  const elsewhere = async (email: string, password = PASSWORD) => {
    const browser = openBrowser(app);
    await browser.signIn({ body: { email, password } });
    return browser;
  };
  /** An application that the person signed in to, as its client. */
  const signInDevice = async (browser: Browser) => {
    const device = await startDevice(app, 'sketchpad');
    await browser.approveDeviceRequest({ body: { userCode: device.userCode } });
    const { body } = await device.poll();
    return app.withHeaders({ authorization: `Bearer ${body.access_token}` });
  };
  /** As if the account's sessions had been used, or begun, so much earlier. */
  const age = async (email: string, { usedSeconds = 0, leftSeconds = DAY_SECONDS }) => {
    await sql`update session set updated_at = now() - make_interval(secs => ${usedSeconds}),
      expires_at = now() + make_interval(secs => ${leftSeconds})
      where account_id = (select id from account where email = ${email})`.execute(app.ground.db);
  };
  const usedAgo = async (email: string) => {
    const { rows } = await sql<{ seconds: number }>`select extract(epoch from now() - updated_at)::float8 as seconds
      from session where account_id = (select id from account where email = ${email})`.execute(app.ground.db);
    return rows.map(({ seconds }) => seconds);
  };

  it('carry 128 bits and more that nobody can guess, and never the same twice', async () => {
    const { email } = await person();
    const { rows } = await sql<{ token: string }>`select token from session`.execute(app.ground.db);
    await elsewhere(email);
    assert.ok(rows.every(({ token }) => /^[A-Za-z0-9]{32}$/.test(token)));
  });

  it('last thirty days, however busy', async () => {
    const { here } = await person();
    assert.match(here.lastSetCookies[0] ?? '', new RegExp(`; Max-Age=${30 * DAY_SECONDS}(;|$)`));
    const { rows } = await sql<{ days: number }>`select max(extract(epoch from expires_at - created_at) / 86400)::float8
      as days from session`.execute(app.ground.db);
    assert.ok(Math.abs((rows[0]?.days ?? 0) - 30) < 0.01);
  });

  it('end when their time is over', async () => {
    const { email, here } = await person();
    await age(email, { leftSeconds: -1 });
    await refused(here.getMe(), 'notSignedIn');
  });

  it('end after seven days in which nobody used them', async () => {
    const { email, here } = await person();
    await age(email, { usedSeconds: 7 * DAY_SECONDS + 1 });
    await refused(here.getMe(), 'notSignedIn');
    assert.deepEqual(await usedAgo(email), []);
  });

  it('go on when they are used within seven days', async () => {
    const { email, here } = await person();
    await age(email, { usedSeconds: 7 * DAY_SECONDS - 60 });
    await here.getMe();
    const [seconds = Number.NaN] = await usedAgo(email);
    assert.ok(seconds < 60, `used ${seconds} seconds ago`);
  });

  it('are listed, with the applications, for whom they are and nobody else', async () => {
    const { email, here } = await person();
    const other = await person();
    await elsewhere(email);
    await signInDevice(here);

    const { items } = await here.listSignIns();
    assert.deepEqual(
      items.map(({ applicationName, isCurrent }) => [applicationName === null, isCurrent]),
      [
        [true, true],
        [true, false],
        [false, false],
      ],
    );
    assert.equal((await other.here.listSignIns()).items.length, 1);
    await refused(app.anonymous.listSignIns(), 'notSignedIn');
  });

  it('that have ended are not listed, and forgotten by the next day', async () => {
    const { email, here } = await person();
    await elsewhere(email);
    await sql`update session set updated_at = now() - interval '7 days 1 second' where id = (
      select id from session where account_id = (select id from account where email = ${email})
       order by created_at desc limit 1)`.execute(app.ground.db);
    assert.deepEqual(
      (await here.listSignIns()).items.map(({ isCurrent }) => isCurrent),
      [true],
    );
    for (const { handle } of accountJobs(app.ground)) await handle({});
    assert.equal((await usedAgo(email)).length, 1);
    await here.getMe();
  });

  it('are ended one by one, with the password', async () => {
    const { email, here } = await person();
    const there = await elsewhere(email);
    const signInId = (await here.listSignIns()).items.find(({ isCurrent }) => !isCurrent)?.id ?? null;

    await refused(here.endSignIns({ body: { currentPassword: 'wrong', signInId } }), 'wrongPassword');
    await there.getMe();
    assert.deepEqual(await here.endSignIns({ body: { currentPassword: PASSWORD, signInId } }), { ended: 1 });
    await refused(there.getMe(), 'notSignedIn');
    await here.getMe();
    assert.deepEqual(await here.endSignIns({ body: { currentPassword: PASSWORD, signInId } }), { ended: 0 });
  });

  it('end all but one, together with every application', async () => {
    const { email, here } = await person();
    const there = await elsewhere(email);
    const device = await signInDevice(here);
    assert.deepEqual(await here.endSignIns({ body: { currentPassword: PASSWORD, signInId: null } }), { ended: 2 });
    await refused(there.getMe(), 'notSignedIn');
    await refused(device.listMyEntitlements(), 'notSignedIn');
    await here.getMe();
  });

  it('of another account end for nobody', async () => {
    const { here } = await person();
    const other = await person();
    const signInId = (await other.here.listSignIns()).items[0]?.id ?? null;
    assert.deepEqual(await here.endSignIns({ body: { currentPassword: PASSWORD, signInId } }), { ended: 0 });
    await other.here.getMe();
  });

  it('all end when the password changes, and this browser gets a new one', async () => {
    const { email, here } = await person();
    const there = await elsewhere(email);
    const device = await signInDevice(here);
    const cookie = here.cookie();
    const reset = await resetLink(app, email);
    await here.changePassword({ body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } });

    assert.notEqual(here.cookie(), cookie);
    await here.getMe();
    await refused(app.withHeaders({ cookie }).getMe(), 'notSignedIn');
    await refused(there.getMe(), 'notSignedIn');
    await refused(device.listMyEntitlements(), 'notSignedIn');
    await refused(app.anonymous.signIn({ body: { email, password: PASSWORD } }), 'wrongCredentials');
    await refused(app.anonymous.resetPassword({ ...reset, body: { ...reset.body, password: PASSWORD } }), 'linkEnded');
    await elsewhere(email, NEW_PASSWORD);
  });

  it('cannot set a new password without a mail to its owner, who has another way to the next one', async () => {
    const { email, here } = await person();
    await refused(
      here.changePassword({ body: { currentPassword: 'wrong', newPassword: NEW_PASSWORD } }),
      'wrongPassword',
    );
    // Mails are told apart by their moment.
    app.clock.forward({ seconds: 1 });
    await here.changePassword({ body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } });
    const subjects = (await app.mailsTo(email)).map(({ subject }) => subject);
    assert.deepEqual(subjects, ['Confirm your e-mail address', 'Your password was changed']);
    assert.match((await app.mailsTo(email)).at(-1)?.text ?? '', /\/forgot\b/);
  });

  it('are begun by no device that was let in before the password changed and comes for its token after', async () => {
    const { here } = await person();
    const [late, ended] = [await startDevice(app, 'sketchpad'), await startDevice(app, 'sketchpad')];
    await here.approveDeviceRequest({ body: { userCode: late.userCode } });
    await here.changePassword({ body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } });
    assert.equal((await late.poll()).body.error, 'access_denied');
    await here.approveDeviceRequest({ body: { userCode: ended.userCode } });
    await here.endSignIns({ body: { currentPassword: NEW_PASSWORD, signInId: null } });
    assert.equal((await ended.poll()).body.error, 'access_denied');
  });

  it('are ended by an administrator, of one person or of everybody', async () => {
    const [one, other] = [await person(), await person()];
    const device = await signInDevice(one.here);
    assert.equal(await endSignInsOf(app.ground, one.email as EmailAddress), 2);
    await refused(one.here.getMe(), 'notSignedIn');
    await refused(device.listMyEntitlements(), 'notSignedIn');
    await other.here.getMe();
    assert.equal(await endSignInsOf(app.ground, 'nobody@office.example' as EmailAddress), undefined);
    assert.ok(((await endSignInsOf(app.ground, 'everybody')) ?? 0) > 0);
    await refused(other.here.getMe(), 'notSignedIn');
    assert.equal(await endSignInsOf(app.ground, 'everybody'), 0);
  });
});
