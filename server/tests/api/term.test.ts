import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { takeTermSteps } from '../../features/licence/term.service.ts';
import { endInvitations } from '../../features/team/invitation.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import { refused } from '../harness/refused.ts';
import { addLicences, addMember, invite, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('the end of a term', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  it('warns, works on in grace, stops, and ends; holders go on where licences are free', async () => {
    const productId = await makeProduct(app);
    const team = await makeTeam(app, 'owner@term.example');
    const { teamId, owner } = team;
    const one = await addMember(app, team, 'one@term.example');
    const two = await addMember(app, team, 'two@term.example');
    await addLicences(app, { teamId, productId, quantity: 2 });
    for (const { memberId } of [one, two]) await owner.giveLicence({ teamId, body: { productId, memberId } });
    const entitlement = async (who: typeof one) => (await who.person.listMyEntitlements()).items[0];
    assert.equal((await entitlement(one))?.reason, 'held');

    app.clock.forward({ days: 365 });
    await takeTermSteps(app.ground);
    assert.equal((await entitlement(one))?.reason, 'grace');
    assert.equal((await entitlement(one))?.decision, true);
    const later = await addLicences(app, { teamId, productId, quantity: 1 });

    app.clock.forward({ days: 30 });
    assert.equal((await entitlement(two))?.decision, false, 'the calendar decides, not the job');
    await takeTermSteps(app.ground);
    assert.equal((await entitlement(one))?.reason, 'held', 'the first holder moved to the free licence');
    assert.equal((await entitlement(two))?.reason, 'suspended');
    await refused(
      owner.giveLicence({ teamId, body: { productId, memberId: team.ownerMemberId } }),
      'licencesExhausted',
    );

    app.clock.forward({ days: 90 });
    await takeTermSteps(app.ground);
    assert.equal((await entitlement(two))?.reason, 'noLicence');
    const { subscriptions } = await owner.listLicences({ teamId });
    assert.deepEqual(
      subscriptions.map(({ id }) => id),
      [later],
    );

    const { rows } = await kinds(teamId);
    assert.deepEqual(rows, [
      'subscriptionEnteredGrace',
      'subscriptionSuspended',
      'licenceRelocated',
      'licenceTaken',
      'subscriptionTerminated',
    ]);
    await assertChain(app.ground.db, teamId);
  });

  it('is told once, at each step', async () => {
    const productId = await makeProduct(app, { key: 'other' });
    const { teamId } = await makeTeam(app, 'told@term.example');
    await addLicences(app, { teamId, productId, quantity: 1 });
    const told = async () => {
      await takeTermSteps(app.ground);
      await takeTermSteps(app.ground);
      const rows = await app.ground.db
        .selectFrom('notice')
        .select('kind')
        .where('subjectId', '=', teamId)
        .orderBy('queuedAt')
        .execute();
      return rows.map(({ kind }) => kind);
    };
    app.clock.forward({ days: 304 });
    assert.deepEqual(await told(), []);
    app.clock.forward({ days: 1 });
    assert.deepEqual(await told(), ['termEnding']);
    app.clock.forward({ days: 30 });
    assert.deepEqual(await told(), ['termEnding', 'termEnding']);
    app.clock.forward({ days: 31 });
    assert.deepEqual(await told(), ['termEnding', 'termEnding', 'termGrace']);
  });

  it('ends an invitation, and what was reserved with it, after fourteen days', async () => {
    const productId = await makeProduct(app, { key: 'third' });
    const team = await makeTeam(app, 'patient@term.example');
    const { teamId, owner } = team;
    await addLicences(app, { teamId, productId, quantity: 1 });
    const memberId = await invite(team, 'never@term.example');
    await owner.giveLicence({ teamId, body: { productId, memberId } });

    app.clock.forward({ days: 14 });
    await endInvitations(app.ground);
    assert.equal((await owner.listLicences({ teamId })).licences[0]?.state, 'reserved');
    app.clock.forward({ days: 1 });
    await endInvitations(app.ground);
    assert.equal((await owner.listLicences({ teamId })).licences[0]?.state, 'free');
    assert.equal((await owner.listMembers({ teamId })).items.length, 1);
  });

  async function kinds(streamId: string) {
    const events = await app.ground.db
      .selectFrom('event')
      .select('kind')
      .where('streamId', '=', streamId)
      .where('actorKind', '=', 'system')
      .orderBy('number')
      .execute();
    return { rows: events.map(({ kind }) => kind) };
  }
});
