import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { MemberId, ProductId } from '../../../domain/id.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, invite, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('licences of a team', () => {
  let app: TestApp;
  let productId: ProductId;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
  });
  after(() => app.close());

  /** A team with so many licences and one accepted member beside the owner. */
  async function arrange(quantity: number) {
    serial += 1;
    const team = await makeTeam(app, `owner${serial}@office.example`);
    await addLicences(app, { teamId: team.teamId, productId, quantity });
    const { memberId, person } = await addMember(app, team, `member${serial}@office.example`);
    return { team, memberId, person, give: (to: MemberId) => give(team, to) };
  }

  const give = ({ owner, teamId }: TestTeam, memberId: MemberId) =>
    owner.giveLicence({ teamId, body: { productId, memberId } });

  it('gives the lowest free number to a member, with the revision that first has it', async () => {
    const { team, memberId } = await arrange(2);
    const { licence, revision } = await give(team, memberId);

    assert.deepEqual(
      { ...licence, id: '', subscriptionId: '' },
      {
        id: '',
        number: 1,
        productId,
        subscriptionId: '',
        state: 'held',
        memberId,
        since: app.clock.now().toISOString(),
      },
    );
    const { revision: now, subscriptions } = await team.owner.listLicences({ teamId: team.teamId });
    assert.equal(now, revision);
    assert.deepEqual(
      subscriptions.map(({ held, reserved, free }) => ({ held, reserved, free })),
      [{ held: 1, reserved: 0, free: 1 }],
    );
  });

  it('gives from the subscription that ends last', async () => {
    const { team, memberId } = await arrange(1);
    app.clock.forward({ days: 10 });
    const later = await addLicences(app, { teamId: team.teamId, productId, quantity: 1 });

    assert.equal((await give(team, memberId)).licence.subscriptionId, later);
  });

  it('keeps a licence for somebody invited, who holds it from the moment of joining', async () => {
    const { team } = await arrange(1);
    const memberId = await invite(team, `late${serial}@office.example`);
    const { licence } = await give(team, memberId);

    assert.equal(licence.state, 'reserved');
  });

  it('takes a licence back and closes the holding', async () => {
    const { team, memberId } = await arrange(1);
    const { licence } = await give(team, memberId);
    const taken = await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId } });

    assert.equal(taken.licence.state, 'free');
    const holdings = await app.ground.db
      .selectFrom('holding')
      .selectAll()
      .where('licenceId', '=', licence.id)
      .execute();
    assert.equal(holdings.length, 1);
    assert.ok(holdings[0]?.takenAt);
  });

  it('moves a licence in one step', async () => {
    const { team, memberId } = await arrange(1);
    const { licence } = await give(team, memberId);
    const moved = await team.owner.moveLicence({
      teamId: team.teamId,
      licenceId: licence.id,
      body: { fromMemberId: memberId, toMemberId: team.ownerMemberId },
    });

    assert.equal(moved.licence.memberId, team.ownerMemberId);
    assert.equal(moved.licence.id, licence.id);
  });

  it('refuses what cannot be given', async () => {
    const { team, memberId } = await arrange(1);
    await refused(give(team, app.ground.newId('mem')), 'memberUnknown');
    await give(team, memberId);
    await refused(give(team, memberId), 'alreadyHolds');
    await refused(give(team, team.ownerMemberId), 'licencesExhausted');
    await refused(
      team.owner.giveLicence({ teamId: team.teamId, body: { productId: app.ground.newId('prod'), memberId } }),
      'noSubscription',
    );
  });

  it('refuses to take or move what somebody else has now', async () => {
    const { team, memberId } = await arrange(1);
    const { licence } = await give(team, memberId);
    const { teamId, owner, ownerMemberId } = team;
    await refused(
      owner.takeLicence({ teamId, licenceId: licence.id, body: { memberId: ownerMemberId } }),
      'holderChanged',
    );
    await refused(
      owner.moveLicence({ teamId, licenceId: licence.id, body: { fromMemberId: ownerMemberId, toMemberId: memberId } }),
      'holderChanged',
    );
    await refused(
      owner.moveLicence({ teamId, licenceId: licence.id, body: { fromMemberId: memberId, toMemberId: memberId } }),
      'sameMember',
    );
    await owner.takeLicence({ teamId, licenceId: licence.id, body: { memberId } });
    await refused(owner.takeLicence({ teamId, licenceId: licence.id, body: { memberId } }), 'licenceNotHeld');
  });

  it('hides the licences of a foreign team and refuses a role that is too small', async () => {
    const { team, memberId, person } = await arrange(2);
    const other = await makeTeam(app, `stranger${serial}@else.example`);
    const { teamId } = team;
    const { licence } = await give(team, memberId);

    const body = { productId, memberId };
    await refused(other.owner.giveLicence({ teamId, body }), 'notFound');
    await refused(other.owner.takeLicence({ teamId, licenceId: licence.id, body: { memberId } }), 'notFound');
    await refused(
      other.owner.moveLicence({
        teamId,
        licenceId: licence.id,
        body: { fromMemberId: memberId, toMemberId: team.ownerMemberId },
      }),
      'notFound',
    );
    await refused(other.owner.listLicences({ teamId }), 'notFound');
    await refused(
      other.owner.takeLicence({ teamId: other.teamId, licenceId: licence.id, body: { memberId } }),
      'notFound',
    );
    await refused(person.giveLicence({ teamId, body }), 'forbidden');
    await refused(person.takeLicence({ teamId, licenceId: licence.id, body: { memberId } }), 'forbidden');
    await refused(app.anonymous.giveLicence({ teamId, body }), 'notSignedIn');
  });

  it('answers a repeated request with the same answer and gives nothing more', async () => {
    const { team, memberId } = await arrange(2);
    const call = { teamId: team.teamId, body: { productId, memberId }, idempotencyKey: 'once' };
    const first = await team.owner.giveLicence(call);
    const second = await team.owner.giveLicence(call);

    assert.deepEqual(second, first);
    const other = { ...call, body: { productId, memberId: team.ownerMemberId } };
    await refused(team.owner.giveLicence(other), 'idempotencyKeyReused');
  });

  it('frees the licences of a member who is removed, in the same step', async () => {
    const { team, memberId } = await arrange(1);
    await give(team, memberId);
    await team.owner.removeMember({ teamId: team.teamId, memberId });

    const { licences } = await team.owner.listLicences({ teamId: team.teamId });
    assert.deepEqual(
      licences.map(({ state }) => state),
      ['free'],
    );
    assert.equal((await give(team, team.ownerMemberId)).licence.state, 'held');
  });

  it('writes one event for each change, chained without a gap', async () => {
    const { team, memberId } = await arrange(1);
    const { licence } = await give(team, memberId);
    await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId } });
    const events = await app.ground.db
      .selectFrom('event')
      .selectAll()
      .where('streamId', '=', team.teamId)
      .orderBy('number')
      .execute();

    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['teamMade', 'memberInvited', 'licenceGiven', 'licenceTaken'],
    );
    assert.deepEqual(
      events.map(({ number }) => number),
      [1, 2, 3, 4],
    );
    for (const [index, event] of events.slice(1).entries()) {
      assert.deepEqual(event.previousHash, events[index]?.hash);
    }
  });
});
