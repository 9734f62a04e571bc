import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newestLink, PASSWORD, resetLink, signedUp, signUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { openBrowser } from '../harness/browser.ts';
import { refused } from '../harness/refused.ts';

const OTHER_PASSWORD = 'quiet meadow of nine bells';

describe('accounts', () => {
  let app: TestApp;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  const newEmail = () => {
    serial += 1;
    return `person${serial}@office.example`;
  };

  it('begins with an address, a name and a password, and works once the mailbox is proven', async () => {
    const email = newEmail();
    const browser = openBrowser(app);
    const answer = await browser.signUp({
      body: { email: ` ${email.toUpperCase()} `, name: 'Jana', password: PASSWORD },
    });
    assert.deepEqual(answer, { email });
    await refused(browser.signIn({ body: { email, password: PASSWORD } }), 'accountNotConfirmed');
    await refused(browser.signIn({ body: { email, password: OTHER_PASSWORD } }), 'wrongCredentials');
    await refused(browser.getMe(), 'notSignedIn');

    const link = await newestLink(app, email);
    const opened = await browser.openLink(link);
    assert.deepEqual(opened, { kind: 'confirmAccount', account: { email, state: 'unconfirmed' }, name: 'Jana' });
    await browser.confirmAccount(link);

    const me = await browser.getMe();
    assert.equal(me.account.email, email);
    assert.deepEqual([me.staff, me.agentOf, me.teamCount], [false, null, 0]);
    await refused(browser.confirmAccount(link), 'linkUsed');
    const signedIn = await openBrowser(app).signIn({ body: { email, password: PASSWORD } });
    assert.equal(signedIn.account.id, me.account.id);
  });

  it('answers the same for a known address, in the same time, and tells the mailbox alone', async () => {
    const email = newEmail();
    const browser = await signedUp(app, email);
    app.clock.forward({ seconds: 1 });
    const began = performance.now();
    const answer = await app.anonymous.signUp({ body: { email, name: 'Mallory', password: OTHER_PASSWORD } });

    assert.deepEqual(answer, { email });
    assert.ok(performance.now() - began >= 490, 'answered before the even time was over');
    const mails = await app.mailsTo(email);
    assert.equal(mails.length, 2);
    assert.equal(mails[1]?.subject, 'You have an account already');
    assert.equal(mails[1]?.link, undefined);
    assert.doesNotMatch(mails[1]?.html ?? '', /Mallory/);
    await refused(app.anonymous.signIn({ body: { email, password: OTHER_PASSWORD } }), 'wrongCredentials');
    assert.equal((await browser.getMe()).account.email, email);
  });

  it('takes the password that was chosen together with the link that is opened', async () => {
    const email = newEmail();
    await signUp(app, email, OTHER_PASSWORD);
    const first = await newestLink(app, email);
    await signUp(app, email, PASSWORD);

    await refused(app.anonymous.confirmAccount(first), 'linkEnded');
    await app.anonymous.confirmAccount(await newestLink(app, email));
    await refused(app.anonymous.signIn({ body: { email, password: OTHER_PASSWORD } }), 'wrongCredentials');
    await app.anonymous.signIn({ body: { email, password: PASSWORD } });
  });

  it('makes one account of two sign-ups at once', async () => {
    const email = newEmail();
    await Promise.all([signUp(app, email), signUp(app, email)]);
    const accounts = await app.ground.db.selectFrom('account').select('email').execute();
    assert.equal(accounts.filter((account) => account.email === email).length, 1);
    const links = await app.ground.db.selectFrom('link').select(['email', 'endedAt']).execute();
    const live = links.filter((link) => link.email === email && !link.endedAt);
    assert.equal(live.length, 1);
  });

  it('does one sign-up for a request that is repeated with its key', async () => {
    const email = newEmail();
    const call = { body: { email, name: 'Twice', password: PASSWORD }, idempotencyKey: 'sign-up-twice' };
    await app.anonymous.signUp(call);
    await app.anonymous.signUp(call);
    assert.equal((await app.mailsTo(email)).length, 1);
    await refused(app.anonymous.signUp({ ...call, body: { ...call.body, name: 'Other' } }), 'idempotencyKeyReused');
  });

  const weak = { common: 'password123', 'of the name': 'Person Person1', 'of the address': 'weak.person' };
  for (const [what, password] of Object.entries(weak)) {
    it(`refuses a password that is ${what}`, async () => {
      const body = { email: 'weak.person@office.example', name: 'Person Person', password };
      await refused(app.anonymous.signUp({ body }), 'passwordTooWeak');
    });
  }

  it('refuses what is no address, no name or no password', async () => {
    const right = { email: newEmail(), name: 'Name', password: PASSWORD };
    for (const wrong of [{ email: 'no address' }, { name: '' }, { name: 'a\u0007b' }, { password: 'short' }]) {
      await refused(app.anonymous.signUp({ body: { ...right, ...wrong } }), 'invalidRequest');
    }
  });

  it('tells an unknown address and a wrong password apart for nobody', async () => {
    const email = newEmail();
    await signedUp(app, email);
    const wrong = await refused(app.anonymous.signIn({ body: { email, password: 'wrong' } }), 'wrongCredentials');
    const unknown = await refused(
      app.anonymous.signIn({ body: { email: newEmail(), password: 'wrong' } }),
      'wrongCredentials',
    );
    assert.deepEqual(wrong.problem, unknown.problem);
    await refused(app.anonymous.signIn({ body: { email: 'nonsense', password: 'wrong' } }), 'wrongCredentials');
  });

  it('keeps its session in a cookie that scripts and other sites do not get', async () => {
    const browser = await signedUp(app, newEmail());
    const [cookie = ''] = browser.lastSetCookies;
    assert.match(cookie, /^namesake\.session_token=/);
    assert.match(cookie, /; Path=\/(;|$)/);
    assert.match(cookie, /; HttpOnly(;|$)/);
    assert.match(cookie, /; SameSite=Lax(;|$)/);
    assert.doesNotMatch(cookie, /; Domain=/);
  });

  it('starts a new session at each sign-in and ends the one before', async () => {
    const email = newEmail();
    const browser = await signedUp(app, email);
    const before = browser.cookie();
    await browser.signIn({ body: { email, password: PASSWORD } });

    assert.notEqual(browser.cookie(), before);
    await refused(app.withHeaders({ cookie: before }).getMe(), 'notSignedIn');
    await browser.getMe();
  });

  it('takes no session that it did not start', async () => {
    const browser = await signedUp(app, newEmail());
    const forged = browser.cookie().replace(/=./, (text) => (text === '=a' ? '=b' : '=a'));
    await refused(app.withHeaders({ cookie: forged }).getMe(), 'notSignedIn');
  });

  it('ends with signing out, on that device alone', async () => {
    const email = newEmail();
    const here = await signedUp(app, email);
    const there = openBrowser(app);
    await there.signIn({ body: { email, password: PASSWORD } });
    const cookie = here.cookie();
    await here.signOut();

    assert.equal(here.cookie(), '');
    await refused(app.withHeaders({ cookie }).getMe(), 'notSignedIn');
    await there.getMe();
    await app.anonymous.signOut();
  });

  it('refuses a changing request from another site', async () => {
    const browser = await signedUp(app, newEmail());
    const foreign = { 'sec-fetch-site': 'cross-site', cookie: browser.cookie() };
    await refused(app.withHeaders(foreign).changeMe({ body: { name: 'Eve' } }), 'crossSite');
    await refused(app.withHeaders(foreign).signOut(), 'crossSite');
    const signIn = { body: { email: newEmail(), password: PASSWORD } };
    await refused(app.withHeaders({ origin: 'https://evil.example' }).signIn(signIn), 'crossSite');
    assert.notEqual((await browser.getMe()).account.name, 'Eve');
  });

  it('changes name and language', async () => {
    const browser = await signedUp(app, newEmail());
    const changed = await browser.changeMe({ body: { name: ' Jana Nová ', language: 'cs' } });
    assert.deepEqual([changed.name, changed.language], ['Jana Nová', 'cs']);
    assert.equal((await browser.getMe()).account.language, 'cs');
    await refused(app.anonymous.changeMe({ body: { name: 'x' } }), 'notSignedIn');
  });

  it('gets a new password through the mailbox, and every session ends', async () => {
    const email = newEmail();
    const browser = await signedUp(app, email);
    const link = await resetLink(app, email);
    const elsewhere = openBrowser(app);
    assert.deepEqual(await elsewhere.openLink(link), { kind: 'resetPassword', account: { email, state: 'known' } });
    const weakPassword = { ...link, body: { ...link.body, password: 'password123' } };
    await refused(elsewhere.resetPassword(weakPassword), 'passwordTooWeak');
    await elsewhere.resetPassword({ ...link, body: { ...link.body, password: OTHER_PASSWORD } });

    assert.equal((await elsewhere.getMe()).account.email, email);
    await refused(browser.getMe(), 'notSignedIn');
    await refused(app.anonymous.signIn({ body: { email, password: PASSWORD } }), 'wrongCredentials');
    await app.anonymous.signIn({ body: { email, password: OTHER_PASSWORD } });
  });

  it('is confirmed by a new password too, which ends the one of the sign-up and its link', async () => {
    const email = newEmail();
    await signUp(app, email, OTHER_PASSWORD);
    const confirmation = await newestLink(app, email);
    const link = await resetLink(app, email);
    await app.anonymous.resetPassword({ ...link, body: { ...link.body, password: PASSWORD } });

    await refused(app.anonymous.confirmAccount(confirmation), 'linkEnded');
    await refused(app.anonymous.signIn({ body: { email, password: OTHER_PASSWORD } }), 'wrongCredentials');
    await app.anonymous.signIn({ body: { email, password: PASSWORD } });
  });

  it('mails nobody about an address that has no account', async () => {
    const email = newEmail();
    assert.deepEqual(await app.anonymous.requestPasswordReset({ body: { email } }), {});
    assert.deepEqual(await app.mailsTo(email), []);
  });

  it('does not wait longer than a day for the new password', async () => {
    const email = newEmail();
    await signedUp(app, email);
    const link = await resetLink(app, email);
    app.clock.forward({ days: 1, seconds: 1 });
    await refused(
      app.anonymous.resetPassword({ ...link, body: { ...link.body, password: OTHER_PASSWORD } }),
      'linkExpired',
    );
  });
});

describe('guesses at accounts', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  it('are counted for each name that is typed, until a quarter of an hour is over', async () => {
    // What is no address costs no hashing, and is counted alike.
    const guess = (email: string) => app.anonymous.signIn({ body: { email, password: 'wrong' } });
    for (let tries = 0; tries < 20; tries += 1) await refused(guess('somebody'), 'wrongCredentials');

    const stopped = await refused(guess('SomeBody'), 'tooManyRequests');
    assert.equal(stopped.problem?.retryAfterSeconds, 900);
    await refused(guess('somebody else'), 'wrongCredentials');
    app.clock.forward({ seconds: 901 });
    await refused(guess('somebody'), 'wrongCredentials');
  });

  it('are counted for each network address', async () => {
    app.clock.forward({ seconds: 901 });
    const guess = (serial: number) =>
      app.anonymous.signIn({ body: { email: `no address ${serial}`, password: 'wrong' } });
    for (let serial = 0; serial < 100; serial += 1) await refused(guess(serial), 'wrongCredentials');
    const stopped = await app.request('/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'fresh@office.example', password: 'wrong' }),
    });
    assert.equal(stopped.status, 429);
    assert.equal(stopped.headers.get('retry-after'), '900');
  });

  it('cannot flood a mailbox', async () => {
    const call = () => app.anonymous.requestPasswordReset({ body: { email: 'flooded@office.example' } });
    await Promise.all(Array.from({ length: 5 }, call));
    await refused(call(), 'tooManyRequests');
  });
});

describe('accounts over https', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ settings: { publicUrl: 'https://licences.vendor.example' } });
  });
  after(() => app.close());

  it('keep their session in a cookie that leaves over https alone', async () => {
    const { cookie } = await app.as('secure@office.example');
    assert.match(cookie, /^__Host-namesake\.session_token=/);
    const browser = await signedUp(app, 'secure2@office.example');
    const [kept = ''] = browser.lastSetCookies;
    assert.match(kept, /; Secure(;|$)/);
    assert.match(kept, /; HttpOnly(;|$)/);
    assert.match(kept, /; SameSite=Lax(;|$)/);
    assert.match(kept, /; Path=\/(;|$)/);
    assert.doesNotMatch(kept, /; Domain=/);
    await browser.signOut();
    assert.equal(browser.cookie(), '');
  });
});
