import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ApplicationId, ProductId } from '../../../domain/id.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import { refused } from '../harness/refused.ts';
import { openStream } from '../harness/stream-reader.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('entitlements', () => {
  let app: TestApp;
  let productId: ProductId;
  let applicationId: ApplicationId;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
    await makeProduct(app, { key: 'other' });
    applicationId = await makeApplication(app, 'sketchpad', [productId]);
  });
  after(() => app.close());

  async function arrange(quantity = 1) {
    serial += 1;
    const team = await makeTeam(app, `owner${serial}@office.example`);
    await addLicences(app, { teamId: team.teamId, productId, quantity });
    const { memberId, person } = await addMember(app, team, `person${serial}@office.example`);
    const token = await makeDeviceToken(app, applicationId, person.accountId);
    const give = () => team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
    const take = (licenceId: Awaited<ReturnType<typeof give>>['licence']['id']) =>
      team.owner.takeLicence({ teamId: team.teamId, licenceId, body: { memberId } });
    return { team, memberId, person, token, bearer: { authorization: `Bearer ${token}` }, give, take };
  }

  describe('asked by a signed-in application', () => {
    it('lists its own product in each team of the account, also where it says no', async () => {
      const { team, bearer, person, give } = await arrange();
      const mine = () => app.withHeaders(bearer).listMyEntitlements();
      const { account, items } = await mine();
      assert.equal(account.id, person.accountId);
      assert.deepEqual(
        items.map(({ teamId, productKey, reason }) => [teamId, productKey, reason]),
        [[team.teamId, 'share', 'noLicence']],
      );
      await give();
      assert.equal((await mine()).items[0]?.decision, true);
    });

    it('hears that a product is none of its own', async () => {
      const { bearer } = await arrange();
      await refused(app.withHeaders(bearer).listMyEntitlements({ query: { productId: 'other' } }), 'notFound');
    });

    it('may do nothing else with its token', async () => {
      const { bearer, team } = await arrange();
      const client = app.withHeaders(bearer);
      await refused(client.getMe(), 'tokenScope');
      await refused(client.getTeam({ teamId: team.teamId }), 'tokenScope');
      await refused(client.makeTeam({ body: { name: 'x' } }), 'tokenScope');
      await refused(app.withHeaders({ authorization: 'Bearer nothing' }).listMyEntitlements(), 'notSignedIn');
    });
  });

  describe('as a stream', () => {
    it('tells a running application at once what it may do, and every change of it', async () => {
      const { bearer, give, take, team } = await arrange();
      const stream = await openStream(app, bearer);
      const first = await stream.next();
      assert.deepEqual([first?.event, first?.data.reason], ['entitlement', 'noLicence']);

      const { licence, revision } = await give();
      const unlocked = await stream.next();
      assert.deepEqual([unlocked?.data.decision, unlocked?.data.revision], [true, revision]);
      assert.equal(unlocked?.id, `${app.ground.feed.projection.today},${team.teamId}:${revision}`);
      await take(licence.id);
      assert.equal((await stream.next())?.data.decision, false);
      await stream.close();
    });

    it('tells nothing of what concerns others', async () => {
      const { bearer, team } = await arrange(2);
      const stream = await openStream(app, bearer);
      await stream.next();
      await team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId: team.ownerMemberId } });
      await team.owner.renameTeam({ teamId: team.teamId, body: { name: 'Renamed' }, ifMatch: 1 });
      const renamed = await stream.rest();
      assert.deepEqual(
        renamed.map(({ data }) => data.teamName),
        ['Renamed'],
      );
      await stream.close();
    });

    it('locks when the member is removed', async () => {
      const { bearer, give, team, memberId } = await arrange();
      await give();
      const stream = await openStream(app, bearer);
      assert.equal((await stream.next())?.data.decision, true);
      await team.owner.removeMember({ teamId: team.teamId, memberId });
      const messages = await stream.rest();
      assert.deepEqual(messages.at(-1)?.event, 'teams');
      const { items } = await app.withHeaders(bearer).listMyEntitlements();
      assert.deepEqual(items, []);
      await stream.close();
    });

    it('tells a portal page which team changed, and what it missed when it comes back', async () => {
      const { team, person, give, take } = await arrange();
      const stream = await openStream(app, { cookie: team.owner.cookie });
      assert.equal((await stream.next())?.event, 'teams');
      const { licence, revision } = await give();
      const message = await stream.next();
      assert.deepEqual([message?.event, message?.data], ['team', { teamId: team.teamId, revision }]);
      await stream.close();

      const missed = await take(licence.id);
      const resumed = await openStream(app, { cookie: team.owner.cookie, 'last-event-id': message?.id ?? '' });
      assert.deepEqual((await resumed.next())?.data, { teamId: team.teamId, revision: missed.revision });
      await resumed.close();
      const member = await openStream(app, { cookie: person.cookie });
      assert.equal((await member.next())?.event, 'teams');
      await member.close();
    });

    it('is open to nobody without a session or token', async () => {
      const stream = await openStream(app, {});
      assert.equal(stream.status, 401);
      await stream.close();
    });
  });
});
