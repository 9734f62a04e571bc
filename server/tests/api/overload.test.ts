import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeKey } from '../harness/application-builder.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

const RUNNING_AND_WAITING = 16 + 64;
const DEVICES_RUNNING_AND_WAITING = 4 + 128;
const STREAMS_RUNNING_AND_WAITING = 4 + 4096;

describe('more requests than can be done', () => {
  let app: TestApp;
  let owner: SignedIn;
  let team: TestTeam;
  let check: () => Promise<Response>;

  before(async () => {
    app = await createTestApp();
    team = await makeTeam(app, 'owner@office.example');
    owner = await app.as('owner@office.example');
    const productId = await makeProduct(app);
    await makeApplication(app, 'sketchpad', [productId]);
    const key = await makeKey(app, 'sketchpad');
    await addLicences(app, { teamId: team.teamId, productId, quantity: 1 });
    const { memberId, person } = await addMember(app, team, 'person@office.example');
    await team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
    check = () =>
      app.request('/access/v1/evaluation', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          subject: { type: 'account', id: person.accountId },
          action: { name: 'use' },
          resource: { type: 'product', id: 'share', properties: { team: team.teamId } },
        }),
      });
  });
  after(() => app.close());

  /** Keeps every page of a team waiting, until it is let go. */
  async function stall(table = 'subscription'): Promise<() => Promise<void>> {
    const client = new pg.Client(app.databaseUrl);
    await client.connect();
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    return async () => {
      await client.query('rollback');
      await client.end();
    };
  }

  const page = (address?: string) =>
    app.request(`/v1/teams/${team.teamId}/licences`, { headers: { cookie: owner.cookie } }, address);

  it('are turned away with the moment to come again, while checks go on and what was let in is done', async () => {
    const release = await stall();
    const answers = Array.from({ length: RUNNING_AND_WAITING + 40 }, () => page());
    const refused = await Promise.race(answers);
    assert.equal(refused.status, 503);
    assert.match(refused.headers.get('retry-after') ?? '', /^[1-4]$/);
    assert.equal(((await refused.json()) as { code: string }).code, 'overloaded');

    const yes = await check();
    assert.deepEqual([yes.status, ((await yes.json()) as { decision: boolean }).decision], [200, true]);

    await release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    const done = statuses.filter((status) => status === 200).length;
    assert.ok(done >= 16 && done <= RUNNING_AND_WAITING, `${done} were done`);
    assert.equal(done + statuses.filter((status) => status === 503).length, statuses.length);
    assert.equal((await page()).status, 200);
  });

  it('from one place keep nobody out who comes from another', async () => {
    const release = await stall();
    const crowd = Array.from({ length: RUNNING_AND_WAITING + 40 }, () => page('10.0.0.1'));
    assert.equal((await Promise.race(crowd)).status, 503);
    const others = ['10.0.0.2', '2001:db8::1'].map(page);
    await delay(50);
    await release();
    assert.deepEqual(
      (await Promise.all(others)).map(({ status }) => status),
      [200, 200],
    );
    await Promise.all(crowd);
  });

  it('for streams are turned away when there are thousands, and keep no owner waiting', async () => {
    const release = await stall('device_token');
    const open = (address: string) =>
      app.request('/v1/me/stream', { headers: { authorization: 'Bearer invented' } }, address);
    const crowd = Array.from({ length: STREAMS_RUNNING_AND_WAITING + 20 }, () => open('10.0.0.1'));
    assert.equal((await Promise.race(crowd)).status, 503);
    const other = open('10.0.0.2');
    assert.equal((await page()).status, 200);
    await release();
    assert.equal((await other).status, 401);
    const statuses = new Set((await Promise.all(crowd)).map(({ status }) => status));
    assert.deepEqual([...statuses].sort(), [401, 503]);
  });

  it('by devices are turned away as well, and keep no owner waiting', async () => {
    const release = await stall('device_token');
    // Each from an address of its own: it is no limit of one client that stops them.
    const revoke = (_: unknown, serial: number) =>
      app.request(
        '/oauth/revoke',
        {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `token=${serial}`,
        },
        `10.0.0.${serial}`,
      );
    const answers = Array.from({ length: DEVICES_RUNNING_AND_WAITING + 20 }, revoke);
    const refused = await Promise.race(answers);
    assert.equal(refused.status, 503);
    assert.match(refused.headers.get('retry-after') ?? '', /^[1-4]$/);
    assert.equal((await page()).status, 200);
    await release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    assert.ok(statuses.filter((status) => status === 200).length >= 4, String(statuses));
  });

  it('for mails wait until their time is over without keeping the next from its place', async () => {
    const reset = (serial: number) =>
      app.anonymous.requestPasswordReset({ body: { email: `no${serial}@office.example` } });
    const resets = [1, 2, 3, 4].map(async (serial) => {
      await reset(serial);
      return 'reset';
    });
    await delay(50);
    const signedOut = app.anonymous.signOut({}).then(() => 'signed out');
    assert.equal(await Promise.race([...resets, signedOut]), 'signed out');
    await Promise.all(resets);
  });
});
