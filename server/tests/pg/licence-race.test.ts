import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { MemberId, ProductId } from '../../../domain/id.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import { outcomes } from '../harness/outcomes.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('races for licences', () => {
  let app: TestApp;
  let productId: ProductId;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
  });
  after(() => app.close());

  async function arrange({ licences, members }: { licences: number; members: number }) {
    serial += 1;
    const team = await makeTeam(app, `owner${serial}@race.example`);
    await addLicences(app, { teamId: team.teamId, productId, quantity: licences });
    const memberIds: MemberId[] = [];
    for (let index = 0; index < members; index += 1) {
      memberIds.push((await addMember(app, team, `member${serial}-${index}@race.example`)).memberId);
    }
    return { team, memberIds };
  }

  const give = ({ owner, teamId }: TestTeam, memberId: MemberId) =>
    owner.giveLicence({ teamId, body: { productId, memberId } });

  it('gives the last licence to one of many, and tells the others', async () => {
    const { team, memberIds } = await arrange({ licences: 1, members: 20 });
    const counts = await outcomes(memberIds.map((memberId) => give(team, memberId)));

    assert.deepEqual(counts, { done: 1, licencesExhausted: 19 });
    await assertChain(app.ground.db, team.teamId);
  });

  it('gives one person one licence, however often at once', async () => {
    const { team, memberIds } = await arrange({ licences: 10, members: 1 });
    const [memberId] = memberIds;
    assert.ok(memberId);
    const counts = await outcomes(Array.from({ length: 12 }, () => give(team, memberId)));

    assert.deepEqual(counts, { done: 1, alreadyHolds: 11 });
  });

  it('moves a licence to one of many; nobody else and never two have it', async () => {
    const { team, memberIds } = await arrange({ licences: 1, members: 11 });
    const [first, ...others] = memberIds;
    assert.ok(first);
    const { licence } = await give(team, first);
    const counts = await outcomes(
      others.map((toMemberId) =>
        team.owner.moveLicence({
          teamId: team.teamId,
          licenceId: licence.id,
          body: { fromMemberId: first, toMemberId },
        }),
      ),
    );

    assert.deepEqual(counts, { done: 1, holderChanged: 9 });
    const open = await app.ground.db
      .selectFrom('holding')
      .select('memberId')
      .where('licenceId', '=', licence.id)
      .where('takenAt', 'is', null)
      .execute();
    assert.equal(open.length, 1);
  });

  it('gives, takes and removes at once without ever more holders than licences', async () => {
    const { team, memberIds } = await arrange({ licences: 3, members: 8 });
    const calls = Array.from({ length: 60 }, async (_, index) => {
      const memberId = memberIds[index % memberIds.length];
      assert.ok(memberId);
      const given = await give(team, memberId);
      await team.owner.takeLicence({ teamId: team.teamId, licenceId: given.licence.id, body: { memberId } });
    });
    const removal = team.owner.removeMember({ teamId: team.teamId, memberId: memberIds[0] ?? team.ownerMemberId });
    const counts = await outcomes([...calls, removal]);

    assert.equal(counts.broken, undefined);
    const { licences } = await team.owner.listLicences({ teamId: team.teamId });
    assert.deepEqual(new Set(licences.map(({ state }) => state)), new Set(['free']));
    await assertChain(app.ground.db, team.teamId);
  });

  it('answers a request that is repeated while it runs once', async () => {
    const { team, memberIds } = await arrange({ licences: 5, members: 1 });
    const [memberId] = memberIds;
    assert.ok(memberId);
    const call = { teamId: team.teamId, body: { productId, memberId }, idempotencyKey: 'same' };
    const counts = await outcomes(Array.from({ length: 8 }, () => team.owner.giveLicence(call)));

    assert.equal((counts.done ?? 0) + (counts.idempotencyInProgress ?? 0), 8);
    const { licences } = await team.owner.listLicences({ teamId: team.teamId });
    assert.equal(licences.filter(({ state }) => state === 'held').length, 1);
  });

  it('writes no history in which two had a licence at one moment, though a later change tells an earlier time', async () => {
    const { team, memberIds } = await arrange({ licences: 1, members: 3 });
    const [first, second, third] = memberIds;
    assert.ok(first && second && third);
    const { teamId, owner } = team;
    const { licence } = await give(team, first);
    app.clock.forward({ seconds: 10 });
    await owner.takeLicence({ teamId, licenceId: licence.id, body: { memberId: first } });
    // The next ones asked before, and had to wait; or their server's clock is slow.
    app.clock.forward({ seconds: -5 });
    await give(team, second);
    await owner.moveLicence({ teamId, licenceId: licence.id, body: { fromMemberId: second, toMemberId: third } });
    await owner.removeMember({ teamId, memberId: third });
    const holdings = await app.ground.db
      .selectFrom('holding')
      .select(['memberId', 'givenAt', 'takenAt'])
      .where('licenceId', '=', licence.id)
      .orderBy('id')
      .execute();
    app.clock.forward({ seconds: 5 });

    assert.equal(holdings.length, 3);
    const [, ...later] = holdings.toSorted((one, other) => Number(one.takenAt) - Number(other.takenAt));
    for (const { givenAt, takenAt } of later) {
      assert.equal(givenAt.toISOString(), app.clock.now().toISOString());
      assert.deepEqual(takenAt, givenAt);
    }
  });

  it('never lets a writer of one team wait for another team', async () => {
    const one = await arrange({ licences: 1, members: 1 });
    const other = await arrange({ licences: 1, members: 1 });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const locked = app.ground.db.transaction().execute(async (db) => {
      await lockStream(db, one.team.teamId);
      await held;
    });
    await delay(20);
    const waiting = give(one.team, one.memberIds[0] ?? one.team.ownerMemberId);
    const first = await Promise.race([
      waiting.then(() => 'the locked team'),
      give(other.team, other.memberIds[0] ?? other.team.ownerMemberId).then(() => 'the free team'),
    ]);
    release();
    await locked;
    await waiting;

    assert.equal(first, 'the free team');
  });

  it('is held by the database itself: no code can give a licence twice or outside its team', async () => {
    const { team, memberIds } = await arrange({ licences: 2, members: 1 });
    const stranger = await arrange({ licences: 1, members: 1 });
    const [memberId] = memberIds;
    assert.ok(memberId);
    await give(team, memberId);
    const { db } = app.ground;
    const free = await db
      .selectFrom('licence')
      .select('id')
      .where('teamId', '=', team.teamId)
      .where('state', '=', 'free')
      .executeTakeFirstOrThrow();
    const hold = (holder: MemberId | undefined) =>
      db
        .updateTable('licence')
        .set({ state: 'held', memberId: holder ?? null })
        .where('id', '=', free.id)
        .execute();

    await assert.rejects(hold(memberId), /licence_one_per_member/);
    await assert.rejects(hold(stranger.memberIds[0]), /licence_member_of_team/);
    await assert.rejects(hold(undefined), /licence_state_names_member/);
    await assert.rejects(db.deleteFrom('event').where('streamId', '=', team.teamId).execute(), /events never change/);
  });
});
