import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { signIn } from '../../features/account/account.service.ts';
import { hashPassword, verifyPassword } from '../../features/account/password-hash.ts';
import { newestLink, PASSWORD, resetLink, signedUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { openBrowser } from '../harness/browser.ts';
import { refused } from '../harness/refused.ts';

describe('whoever guesses', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  it('learns nothing from the work: an unknown address costs a comparison as well', async () => {
    const email = 'known@office.example';
    await signedUp(app, email);
    const compared: boolean[] = [];
    const identity = {
      verifyPassword: async (hash: string | undefined) => {
        compared.push(hash !== undefined);
        return false;
      },
    };
    for (const each of [email, 'unknown@office.example']) {
      // Of the identity signing in takes the comparison alone.
      const tried = signIn(app.ground, identity as never, { email: each, password: PASSWORD, address: '' });
      await assert.rejects(tried, { code: 'wrongCredentials' });
    }
    assert.deepEqual(compared, [true, false]);
  });

  it('learns nothing from the time of a comparison: without a hash, or with one of an earlier cost, it takes as long', async () => {
    const hash = await hashPassword(PASSWORD);
    const earlierHash = `${'0'.repeat(32)}:${'0'.repeat(128)}`;
    const millisecondsOf = async (given: string | undefined) => {
      const began = performance.now();
      await verifyPassword(given, 'wrong');
      return performance.now() - began;
    };
    const [known, unknown, earlier]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < 3; round += 1) {
      known.push(await millisecondsOf(hash));
      unknown.push(await millisecondsOf(undefined));
      earlier.push(await millisecondsOf(earlierHash));
    }
    // The fastest of each was disturbed least; without the work it would be a thousandth.
    for (const each of [unknown, earlier]) {
      const ratio = Math.min(...each) / Math.min(...known);
      assert.ok(ratio > 0.5 && ratio < 2, `it takes ${ratio} of the time`);
    }
  });

  it('learns of a reset nothing from the answer and its time', async () => {
    const took: number[] = [];
    for (const email of ['known@office.example', 'never.seen@office.example']) {
      const began = performance.now();
      assert.deepEqual(await app.anonymous.requestPasswordReset({ body: { email } }), {});
      took.push(performance.now() - began);
    }
    assert.ok(
      took.every((milliseconds) => milliseconds >= 490),
      String(took),
    );
  });

  it('at the password of an open page is stopped after ten tries', async () => {
    const browser = await signedUp(app, 'open.page@office.example');
    const guess = () => browser.endSignIns({ body: { currentPassword: 'wrong', signInId: null } });
    for (let tries = 0; tries < 10; tries += 1) await refused(guess(), 'wrongPassword');
    const body = { currentPassword: PASSWORD, newPassword: 'quiet meadow of nine bells' };
    const stopped = await refused(browser.changePassword({ body }), 'tooManyRequests');
    assert.ok((stopped.problem?.retryAfterSeconds ?? 0) > 0);
    app.clock.forward({ seconds: 901 });
    await browser.changePassword({ body });
  });

  it('at a name is stopped however it is written', async () => {
    await signedUp(app, 'guessed@office.example');
    const spellings = [
      'guessed@office.example',
      ' GUESSED@office.example',
      'guessed@ｏffice.example',
      'guessed@oｆｆice.example',
    ];
    const guess = (tries: number) =>
      app.anonymous.signIn({ body: { email: spellings[tries % spellings.length] ?? '', password: 'wrong' } });
    for (let tries = 0; tries < 20; tries += 1) await refused(guess(tries), 'wrongCredentials');
    for (let tries = 0; tries < spellings.length; tries += 1) await refused(guess(tries), 'tooManyRequests');
    app.clock.forward({ seconds: 901 });
  });

  it('floods no mailbox by writing it in many ways', async () => {
    const ask = (domain: string) => app.anonymous.requestPasswordReset({ body: { email: `flooded@${domain}` } });
    await Promise.all(['a.example', 'ａ.example', 'a.ｅxample', 'a.eｘample', 'a.exａmple'].map(ask));
    await refused(ask('a.examｐle'), 'tooManyRequests');
  });

  it('keeps nobody out who has signed in with that browser before', async () => {
    const email = 'kept.out@office.example';
    await signedUp(app, email);
    const browser = openBrowser(app);
    await browser.signIn({ body: { email, password: PASSWORD } });
    await browser.signOut();
    app.clock.forward({ seconds: 901 });
    const guess = () => app.anonymous.signIn({ body: { email, password: 'wrong' } });
    for (let tries = 0; tries < 20; tries += 1) await refused(guess(), 'wrongCredentials');
    await refused(app.anonymous.signIn({ body: { email, password: PASSWORD } }), 'tooManyRequests');

    await browser.signIn({ body: { email, password: PASSWORD } });
    // Such a browser has a limit, too, and none for other names.
    const other = browser.signIn({ body: { email: 'known@office.example', password: 'wrong' } });
    await refused(other, 'wrongCredentials');
    await browser.signOut();
    for (let tries = 0; tries < 20; tries += 1) {
      await refused(browser.signIn({ body: { email, password: 'wrong' } }), 'wrongCredentials');
    }
    await refused(browser.signIn({ body: { email, password: PASSWORD } }), 'tooManyRequests');
    app.clock.forward({ seconds: 901 });
  });

  it('at the secret of a link is refused alike for each length and place of the fault, and stopped after five', async () => {
    await signedUp(app, 'linked@office.example');
    const link = await resetLink(app, 'linked@office.example');
    const { secret } = link.body;
    const first = secret.startsWith('A') ? 'B' : 'A';
    const wrong = [
      `${first}${secret.slice(1)}`,
      `${secret.slice(0, -1)}!`,
      secret.slice(1),
      `${secret}x`,
      'x'.repeat(20),
    ];
    for (const each of wrong) await refused(app.anonymous.openLink({ ...link, body: { secret: each } }), 'linkUnknown');
    await refused(app.anonymous.openLink(link), 'linkUnknown');
  });

  it('finds no password to try out where repeated requests are known by', async () => {
    const body = { email: 'repeated@office.example', name: 'Repeated', password: PASSWORD, language: 'en' as const };
    await app.anonymous.signUp({ body, idempotencyKey: 'a-key-of-mine' });
    const { requestHash } = await app.ground.db
      .selectFrom('idempotencyKey')
      .select('requestHash')
      .where('key', '=', 'a-key-of-mine')
      .executeTakeFirstOrThrow();
    const bare = createHash('sha256').update('POST /v1/accounts\n\n').update(JSON.stringify(body)).digest();
    assert.equal(requestHash.length, bare.length);
    assert.notDeepEqual(requestHash, bare);
    await app.anonymous.signUp({ body, idempotencyKey: 'a-key-of-mine' });
    assert.equal((await app.mailsTo(body.email)).length, 1);
    await newestLink(app, body.email);
  });
});

describe('behind a proxy of ours', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ proxies: ['127.0.0.0/8'] });
  });
  after(() => app.close());

  const guess = (forwardedFor: string, serial: number) =>
    app
      .withHeaders({ 'x-forwarded-for': forwardedFor })
      .signIn({ body: { email: `no address ${serial}`, password: 'wrong' } });

  it('each client is counted for itself, and none can hide behind what it writes', async () => {
    for (let serial = 0; serial < 100; serial += 1) {
      await refused(guess(`198.51.100.${serial}, 203.0.113.7`, serial), 'wrongCredentials');
    }
    await refused(guess('192.0.2.1, 203.0.113.7', 100), 'tooManyRequests');
    await refused(guess('203.0.113.8', 101), 'wrongCredentials');
  });

  it('a client counts with all addresses of its IPv6 network', async () => {
    for (let serial = 0; serial < 100; serial += 1) {
      await refused(guess(`2001:db8:1:2::${serial.toString(16)}`, serial), 'wrongCredentials');
    }
    await refused(guess('2001:db8:1:2:ffff::1', 100), 'tooManyRequests');
    await refused(guess('2001:db8:1:3::1', 101), 'wrongCredentials');
  });
});
