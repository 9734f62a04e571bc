import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { PASSWORD, resetLink, signedUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { openBrowser } from '../harness/browser.ts';
import { makeApplication, startDevice } from '../harness/device-builder.ts';
import { outcomes } from '../harness/outcomes.ts';
import { refused } from '../harness/refused.ts';

const NEW_PASSWORD = 'quiet meadow of nine bells';
const OTHER_PASSWORD = 'eleven lanterns by the weir';

describe('a password that changes', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  /** Lets nobody write passwords until so many wait to; whoever had come that far goes on together. */
  async function untilWaiting(count: number, start: () => Promise<unknown>[]): Promise<Record<string, number>> {
    const client = new pg.Client(app.databaseUrl);
    await client.connect();
    await client.query('begin; lock table credential in exclusive mode');
    const answers = start();
    const waiting = `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await client.query<{ count: number }>(waiting)).rows[0]?.count !== count) await delay(5);
    await client.query('rollback');
    await client.end();
    return outcomes(answers);
  }

  it('in two browsers at once is one password, and whoever came second is told', async () => {
    const email = 'twice@office.example';
    const [one, other] = [await signedUp(app, email), openBrowser(app)];
    await other.signIn({ body: { email, password: PASSWORD } });
    const change = (browser: typeof one, newPassword: string) =>
      browser.changePassword({ body: { currentPassword: PASSWORD, newPassword } });

    const counts = await untilWaiting(2, () => [change(one, NEW_PASSWORD), change(other, OTHER_PASSWORD)]);
    assert.deepEqual(counts, { done: 1, wrongPassword: 1 });
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from credential
      where account_id = (select id from account where email = ${email})`.execute(app.ground.db);
    assert.equal(rows[0]?.count, 1);
    assert.deepEqual(await outcomes([one.getMe(), other.getMe()]), { done: 1, notSignedIn: 1 });
  });

  it('while somebody signs in with the earlier one lets nobody in', async () => {
    const email = 'slow@office.example';
    const here = await signedUp(app, email);
    const link = await resetLink(app, email);
    await makeComparingSlow(email);
    const late = refused(openBrowser(app).signIn({ body: { email, password: PASSWORD } }), 'wrongCredentials');
    await delay(100);
    await here.resetPassword({ ...link, body: { ...link.body, password: NEW_PASSWORD } });
    await late;
    assert.equal((await here.listSignIns()).items.length, 1);
  });

  it('while an application is approved leaves that one no token', async () => {
    const email = 'approver@office.example';
    const here = await signedUp(app, email);
    await makeApplication(app, 'sketchpad');
    const device = await startDevice(app, 'sketchpad');
    const holder = new pg.Client(app.databaseUrl);
    await holder.connect();
    await holder.query('begin; lock table device_request in exclusive mode');
    const waiting = async (count: number) => {
      const locks = `select count(*)::int as count from pg_locks where not granted`;
      while ((await holder.query<{ count: number }>(locks)).rows[0]?.count !== count) await delay(5);
    };
    const approved = here.approveDeviceRequest({ body: { userCode: device.userCode } });
    await waiting(1);
    const changed = here.changePassword({ body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } });
    await waiting(2);
    await holder.query('rollback');
    await holder.end();
    assert.deepEqual(await outcomes([approved, changed]), { done: 2 });
    const { body } = await device.poll();
    assert.deepEqual(body, { error: 'access_denied' });
    // What is approved afterwards is let in.
    const later = await startDevice(app, 'sketchpad');
    await here.approveDeviceRequest({ body: { userCode: later.userCode } });
    assert.equal((await later.poll()).status, 200);
  });

  /** Keeps the password as a hash that takes seconds to compare with. */
  async function makeComparingSlow(email: string): Promise<void> {
    const cost = { N: 32_768, r: 8, p: 30 };
    const salt = Buffer.alloc(16, 7);
    const key = scryptSync(PASSWORD, salt, 64, { ...cost, maxmem: 128 * 1024 * 1024 });
    const hash = ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
    await sql`update credential set password = ${hash}
      where account_id = (select id from account where email = ${email})`.execute(app.ground.db);
  }
});
