import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeKey } from '../harness/application-builder.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

const RUNNING_AND_WAITING = 16 + 64;

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
  async function stall(): Promise<() => Promise<void>> {
    const client = new pg.Client(app.databaseUrl);
    await client.connect();
    await client.query('begin; lock table subscription in access exclusive mode');
    return async () => {
      await client.query('rollback');
      await client.end();
    };
  }

  const page = () => app.request(`/v1/teams/${team.teamId}/licences`, { headers: { cookie: owner.cookie } });

  it('are turned away with the moment to come again, while checks go on and what was let in is done', async () => {
    const release = await stall();
    const answers = Array.from({ length: RUNNING_AND_WAITING + 40 }, page);
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
});
