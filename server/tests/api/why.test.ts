import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Why } from '../../../contract/why.ts';
import type { ApplicationId, LicenceId, MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import { makeLeaseScene } from '../harness/lease-builder.ts';
import { refused } from '../harness/refused.ts';
import { addLicences, addMember, invite, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('why somebody cannot work', () => {
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
    const name = `Team ${serial}`;
    const team = await makeTeam(app, `owner${serial}@office.example`, name);
    const { teamId, owner } = team;
    if (quantity > 0) await addLicences(app, { teamId, productId, quantity });
    const { memberId, person } = await addMember(app, team, `person${serial}@office.example`);
    const give = (to = memberId) => owner.giveLicence({ teamId, body: { productId, memberId: to } });
    return { team, teamId, name, owner, memberId, person, give };
  }

  const ask = (who: Pick<SignedIn, 'explainMine'>, teamId?: TeamId, product = 'share') =>
    who.explainMine({ query: { productId: product, ...(teamId && { teamId }) } });
  const askAbout = (who: SignedIn, teamId: TeamId, memberId: MemberId) =>
    who.explainMember({ teamId, memberId, query: { productId: 'share' } });
  const problems = ({ checks }: Why) =>
    checks.filter(({ state }) => state === 'problem').map(({ check, code }) => `${check} ${code}`);
  const found = ({ checks }: Why, name: Why['checks'][number]['check']) => checks.find(({ check }) => check === name);

  async function deviceOf(person: SignedIn) {
    const token = await makeDeviceToken(app, applicationId, person.accountId);
    await app.ground.db
      .updateTable('deviceToken')
      .set({ place: 'WS-114' })
      .where('accountId', '=', person.accountId)
      .execute();
    return app.withHeaders({ authorization: `Bearer ${token}` });
  }

  describe('asked by oneself', () => {
    it('is told to ask the owner by name while a licence is free', async () => {
      const { teamId, name, person, team } = await arrange();
      const why = await ask(person, teamId);
      assert.deepEqual([why.decision, why.reason], [false, 'noLicence']);
      assert.deepEqual(problems(why), ['licence none']);
      assert.deepEqual(why.remedy, {
        code: 'giveLicence',
        data: { by: 'owner', ownerName: `owner${serial}@office.example` },
      });
      assert.deepEqual(why.team, { id: team.teamId, name });
    });

    it('agrees with the entitlement at every step of a licence, down to the receipt', async () => {
      const { teamId, person, give, owner, memberId } = await arrange();
      const reasons: string[] = [];
      const step = async () => {
        const why = await ask(person, teamId);
        const { items } = await person.listMyEntitlements({ query: { productId: 'share', teamId } });
        assert.deepEqual([why.decision, why.reason], [items[0]?.decision, items[0]?.reason]);
        reasons.push(`${why.reason}: ${why.remedy?.code}`);
      };
      await step();
      const { licence, revision } = await give();
      await step();
      const device = await deviceOf(person);
      await device.sendReceipt({ body: { teamId, productId: 'share', revision, state: 'unlocked' } });
      await step();
      app.clock.forward({ days: 370 });
      await step();
      app.clock.forward({ days: 30 });
      await step();
      app.clock.forward({ days: -400 });
      await owner.takeLicence({ teamId, licenceId: licence.id, body: { memberId } });
      await step();
      assert.deepEqual(reasons, [
        'noLicence: giveLicence',
        'held: startApplication',
        'held: undefined',
        'grace: startApplication',
        'suspended: renew',
        'noLicence: giveLicence',
      ]);
    });

    it('names place and moment of the last contact', async () => {
      const { teamId, person, give } = await arrange();
      const { revision } = await give();
      const device = await deviceOf(person);
      await device.sendReceipt({ body: { teamId, productId: 'share', revision, state: 'unlocked' } });
      const contact = found(await ask(person, teamId), 'contact');
      assert.deepEqual(contact, {
        check: 'contact',
        state: 'ok',
        code: 'pickedUp',
        data: { at: app.clock.now().toISOString(), place: 'WS-114' },
      });
    });

    it('says until when it works without network, also after the licence was taken', async () => {
      const { ask: askLease, person, productId: leased, team, memberId, licenceId } = await makeLeaseScene(app);
      const { body } = await askLease();
      const lease = async () => {
        const why = await person.explainMine({ query: { productId: leased, teamId: team.teamId } });
        return found(why, 'lease');
      };
      const data = { at: body.expiresAt };
      assert.deepEqual(await lease(), { check: 'lease', state: 'ok', code: 'live', data });
      await team.owner.takeLicence({ teamId: team.teamId, licenceId: licenceId as LicenceId, body: { memberId } });
      assert.deepEqual(await lease(), { check: 'lease', state: 'ok', code: 'runsOut', data });
      await team.owner.removeMember({ teamId: team.teamId, memberId });
      const query = { productId: leased };
      const { checks } = await team.owner.explainMember({ teamId: team.teamId, memberId, query });
      assert.deepEqual(checks.find(({ check }) => check === 'lease')?.data, data);
      app.clock.forward({ days: 2 });
      assert.equal((await lease())?.code, 'none');
    });

    it('is led to the team in which there is a licence', async () => {
      const here = await arrange();
      const there = await arrange();
      const { memberId } = await addMember(app, there.team, `person${serial - 1}@office.example`);
      await there.give(memberId);
      const why = await ask(here.person, here.teamId);
      assert.deepEqual(why.remedy, {
        code: 'chooseTeam',
        data: { by: 'you', teamId: there.teamId, teamName: there.name },
      });
      const manager = await askAbout(here.owner, here.teamId, here.memberId);
      assert.equal(manager.remedy?.code, 'giveLicence');
      assert.ok(!JSON.stringify(manager).includes(there.teamId));
    });

    it('is explained for the team that works, or comes nearest, where none is named', async () => {
      const { teamId, person, give } = await arrange();
      const bare = await arrange(0);
      await addMember(app, bare.team, `person${serial - 1}@office.example`);
      assert.equal((await person.explainMine({ query: {} })).team?.id, teamId);
      await give();
      assert.equal((await ask(person)).decision, true);
      const nobody = await app.as('alone@else.example');
      const why = await nobody.explainMine({ query: {} });
      assert.deepEqual([why.team, problems(why), why.remedy?.code], [null, ['membership notMember'], 'invite']);
    });

    it('answers the same for a foreign team and one that does not exist', async () => {
      const { person } = await arrange();
      const other = await arrange();
      await other.give();
      const foreign = await ask(person, other.teamId);
      assert.deepEqual(foreign, await ask(person, app.ground.newId('team')));
      assert.deepEqual([foreign.reason, foreign.team], ['notMember', null]);
      assert.deepEqual(foreign.remedy, { code: 'invite', data: { by: 'owner' } });
    });

    it('says to accept an invitation, and to ask again once it has ended', async () => {
      const { team, teamId } = await arrange();
      const email = `late${serial}@office.example`;
      await invite(team, email);
      const invited = await app.as(email);
      const open = await ask(invited, teamId);
      assert.deepEqual([problems(open), open.remedy?.code], [['invitation open'], 'acceptInvitation']);
      assert.ok(!JSON.stringify(open).includes('owner'), 'an invitee is no fellow member yet');
      assert.equal(open.person.email, email);
      app.clock.forward({ days: 15 });
      assert.equal((await ask(invited, teamId)).remedy?.code, 'inviteAgain');
      app.clock.forward({ days: -15 });
    });

    it('tells somebody removed when, by the team’s name of then, and nothing of the team since', async () => {
      const { teamId, name, owner, memberId, person } = await arrange();
      await owner.removeMember({ teamId, memberId });
      const removedAt = app.clock.now().toISOString();
      app.clock.forward({ seconds: 60 });
      await owner.renameTeam({ teamId, body: { name: 'Secret plans' }, ifMatch: 1 });
      const why = await ask(person, teamId);
      assert.deepEqual(found(why, 'membership'), {
        check: 'membership',
        state: 'problem',
        code: 'removed',
        data: { at: removedAt },
      });
      assert.equal(why.team?.name, name);
      assert.deepEqual(why.remedy, { code: 'invite', data: { by: 'owner' } });
      assert.ok(!JSON.stringify(why).includes('Secret plans'));
    });

    it('holds the caller’s clock against the server’s', async () => {
      const { teamId, person } = await arrange();
      const now = app.clock.now().getTime();
      const clockAt = async (milliseconds: number) => {
        const clientTime = new Date(now + milliseconds).toISOString();
        return found(await person.explainMine({ query: { productId: 'share', teamId, clientTime } }), 'clock');
      };
      assert.deepEqual(await clockAt(-3_600_000), {
        check: 'clock',
        state: 'problem',
        code: 'off',
        data: { seconds: -3600 },
      });
      assert.equal((await clockAt(200_000))?.code, 'right');
      const dated = app.withHeaders({ cookie: person.cookie, date: new Date(now + 600_000).toUTCString() });
      assert.equal(found(await ask(dated, teamId), 'clock')?.code, 'off');
      assert.equal(found(await ask(person, teamId), 'clock')?.state, 'unknown');
    });

    it('is answered to an application about its own product, and to nobody unknown', async () => {
      const { teamId, person } = await arrange();
      const device = await deviceOf(person);
      assert.equal((await ask(device, teamId)).reason, 'noLicence');
      await refused(ask(device, teamId, 'other'), 'notFound');
      await refused(ask(person, teamId, 'nothing'), 'notFound');
      await refused(ask(app.anonymous, teamId), 'notSignedIn');
    });
  });

  describe('asked by those who manage the team', () => {
    it('is told what to do oneself', async () => {
      const { teamId, owner, memberId } = await arrange();
      assert.deepEqual((await askAbout(owner, teamId, memberId)).remedy, { code: 'giveLicence', data: { by: 'you' } });
    });

    it('serves a licence manager, and the member itself', async () => {
      const { team, teamId, memberId, person } = await arrange();
      const manager = await addMember(app, team, `manager${serial}@office.example`, {
        role: 'licenceManager' as never,
      });
      assert.equal((await askAbout(manager.person, teamId, memberId)).remedy?.data.by, 'you');
      assert.equal((await askAbout(person, teamId, memberId)).remedy?.data.by, 'owner');
    });

    it('is refused to a plain member about others, and hidden from everybody outside', async () => {
      const { teamId, memberId, person, team } = await arrange();
      const other = await arrange();
      await refused(askAbout(person, teamId, team.ownerMemberId), 'forbidden');
      await refused(askAbout(other.owner, teamId, memberId), 'notFound');
      await refused(askAbout(other.owner, other.teamId, memberId), 'notFound');
      await refused(app.anonymous.explainMember({ teamId, memberId, query: { productId: 'share' } }), 'notSignedIn');
      const device = await deviceOf(person);
      await refused(device.explainMember({ teamId, memberId, query: { productId: 'share' } }), 'tokenScope');
    });

    it('tells nothing of whether an invited address has an account', async () => {
      const { team, teamId, owner } = await arrange();
      await app.as(`known${serial}@else.example`);
      const [known, unknown] = await Promise.all(
        [`known${serial}@else.example`, `unknown${serial}@else.example`].map(async (email) => {
          const memberId = await invite(team, email);
          return askAbout(owner, teamId, memberId);
        }),
      );
      assert.deepEqual({ ...known, person: null }, { ...unknown, person: null });
      assert.deepEqual(known?.remedy, { code: 'acceptInvitation', data: { by: 'person' } });
      assert.equal(known && found(known, 'account')?.code, 'notAsked');
    });

    it('sees contact in this team alone, not what the person’s devices do elsewhere', async () => {
      const { teamId, owner, memberId, person, give } = await arrange();
      const { revision } = await give();
      const device = await deviceOf(person);
      await device.listMyEntitlements();
      assert.equal(found(await askAbout(owner, teamId, memberId), 'contact')?.code, 'never');
      assert.equal(found(await ask(person, teamId), 'contact')?.code, 'seen');
      await device.sendReceipt({ body: { teamId, productId: 'share', revision, state: 'unlocked' } });
      assert.equal(found(await askAbout(owner, teamId, memberId), 'contact')?.code, 'pickedUp');
    });
  });
});
