import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { calculateJwkThumbprint } from 'jose';
import { addDays } from '../../../domain/calendar-date.ts';
import type { ProductId, TeamId } from '../../../domain/id.ts';
import { todayOf } from '../../platform/ground.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import { postForm } from '../harness/device-builder.ts';
import type { LeaseScene } from '../harness/lease-builder.ts';
import {
  askLease,
  countLeases,
  makeDeviceKeys,
  makeLeaseScene,
  makeProof,
  proofClaims,
  verifyToken,
} from '../harness/lease-builder.ts';
import { refused } from '../harness/refused.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

const HOUR = 3600;

describe('a lease', () => {
  let app: TestApp;
  let scene: LeaseScene;

  before(async () => {
    app = await createTestApp();
    scene = await makeLeaseScene(app);
  });
  after(() => app.close());

  /** Sets the last day of the term of the scene's team. */
  const endTerm = ({ team }: LeaseScene, days: number) =>
    app.ground.db
      .updateTable('subscription')
      .set({ endsOn: addDays(todayOf(app.ground), days), startsOn: addDays(todayOf(app.ground), days - 365) })
      .where('teamId', '=', team.teamId)
      .execute();

  it('is signed, bound to the device and says what it is for', async () => {
    const { status, headers, body } = await scene.ask();
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    const { payload, protectedHeader } = await verifyToken(app, body.lease, {
      typ: 'lease+jwt',
      audience: scene.applicationId,
    });
    const { keys } = await app.anonymous.getPublicKeys();
    assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
    assert.ok(keys.some(({ kid }) => kid === protectedHeader.kid));
    const { revision } = await scene.team.owner.listLicences({ teamId: scene.team.teamId });
    const iat = app.clock.now().getTime() / 1000;
    const { renew_after: renewAfter, status: place, ...claims } = payload;
    assert.deepEqual(claims, {
      iss: 'http://localhost:4280',
      aud: scene.applicationId,
      sub: scene.person.accountId,
      jti: body.leaseId,
      team: scene.team.teamId,
      team_name: 'Team',
      product: scene.productId,
      product_key: scene.productKey,
      licence: scene.licenceId,
      revision,
      reason: 'held',
      until: '2027-03-31',
      iat,
      nbf: iat,
      exp: iat + 24 * HOUR,
      cnf: { jkt: await calculateJwkThumbprint(scene.keys.jwk) },
    });
    assert.ok(Number(renewAfter) >= iat + 0.4 * 24 * HOUR && Number(renewAfter) <= iat + 0.7 * 24 * HOUR);
    assert.deepEqual(place, { status_list: { idx: 1, uri: 'http://localhost:4280/v1/status-lists/0' } });
    assert.equal(body.revision, revision);
    assert.deepEqual(
      [body.issuedAt, body.renewAfter, body.expiresAt],
      [iat, Number(renewAfter), iat + 24 * HOUR].map((seconds) => new Date(seconds * 1000).toISOString()),
    );
  });

  it('names the product by its key as well, and takes an Ed25519 key', async () => {
    const other = await makeLeaseScene(app, { alg: 'EdDSA' });
    const { status, body } = await other.ask({ productId: other.productKey });
    assert.equal(status, 200);
    const { payload } = await verifyToken(app, body.lease, { typ: 'lease+jwt' });
    assert.equal(payload.product, other.productId);
    assert.deepEqual(payload.cnf, { jkt: await calculateJwkThumbprint(other.keys.jwk) });
  });

  it('spreads renewals', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => scene.ask()));
    assert.ok(answers.every(({ status }) => status === 200));
    assert.ok(new Set(answers.map(({ body }) => body.renewAfter)).size > 10);
    assert.equal(new Set(answers.map(({ body }) => body.leaseId)).size, 20);
  });

  it('lasts as long as its product says, and 30 days at most', async () => {
    const own = await makeLeaseScene(app);
    const hoursOf = async (leaseHours: number) => {
      await app.ground.db.updateTable('product').set({ leaseHours }).where('id', '=', own.productId).execute();
      const { body } = await own.ask();
      return (Date.parse(body.expiresAt) - Date.parse(body.issuedAt)) / 3_600_000;
    };
    assert.equal(await hoursOf(1), 1);
    assert.equal(await hoursOf(720), 720);
    assert.equal(await hoursOf(2000), 720);
  });

  it('is cut at the end of the last day of grace, and says that it is in grace', async () => {
    const own = await makeLeaseScene(app);
    await endTerm(own, -30);
    const { body } = await own.ask();
    // 2 March 2026 ends in Berlin at 23:00 UTC.
    assert.equal(body.expiresAt, '2026-03-02T23:00:00.000Z');
    const { payload } = await verifyToken(app, body.lease, { typ: 'lease+jwt' });
    assert.deepEqual([payload.reason, payload.until], ['grace', '2026-03-02']);
    assert.ok(Date.parse(body.renewAfter) < Date.parse(body.expiresAt));
  });

  it('keeps to the calendar of the vendor where the clock changes', async () => {
    const own = await makeLeaseScene(app);
    await app.ground.db.updateTable('product').set({ leaseHours: 720 }).where('id', '=', own.productId).execute();
    // Summer time begins on 29 March 2026: that day ends at 22:00 UTC.
    await endTerm(own, -3);
    assert.equal((await own.ask()).body.expiresAt, '2026-03-29T22:00:00.000Z');
  });

  describe('is refused', () => {
    async function refusedWith(reason: string, answer: Awaited<ReturnType<LeaseScene['ask']>>) {
      assert.deepEqual([answer.status, answer.body.code, answer.body.reason], [403, 'leaseRefused', reason]);
      assert.equal(answer.body.lease, undefined);
    }

    it('to somebody without a licence, and granted once there is one', async () => {
      const own = await makeLeaseScene(app);
      const { teamId } = own.team;
      const { body } = await own.ask();
      await own.team.owner.takeLicence({ teamId, licenceId: own.licenceId as never, body: { memberId: own.memberId } });
      const before = await countLeases(app);
      await refusedWith('noLicence', await own.ask());
      assert.equal(await countLeases(app), before);
      await own.team.owner.giveLicence({ teamId, body: { productId: own.productId, memberId: own.memberId } });
      assert.ok((await own.ask()).body.revision > body.revision);
    });

    it('to somebody who was removed', async () => {
      const own = await makeLeaseScene(app);
      await own.team.owner.removeMember({ teamId: own.team.teamId, memberId: own.memberId });
      await refusedWith('removed', await own.ask());
    });

    it('when the term is suspended or has ended', async () => {
      const own = await makeLeaseScene(app);
      await endTerm(own, -31);
      await refusedWith('suspended', await own.ask());
      await endTerm(own, -121);
      await refusedWith('ended', await own.ask());
    });

    it('to somebody whose mailbox is not confirmed', async () => {
      const own = await makeLeaseScene(app);
      await app.ground.db
        .updateTable('account')
        .set({ emailVerified: false })
        .where('id', '=', own.person.accountId)
        .execute();
      await refusedWith('accountNotConfirmed', await own.ask());
    });

    it('to somebody invited, who would only have to accept', async () => {
      const own = await makeLeaseScene(app);
      const guest = await app.as('guest@office.example');
      const { results } = await own.team.owner.inviteMembers({
        teamId: own.team.teamId,
        body: { people: [{ email: 'guest@office.example' }] },
      });
      const token = await makeDeviceToken(app, own.applicationId, guest.accountId);
      const ask = async () => {
        const proof = await makeProof(own.keys, proofClaims(app, token));
        return askLease(app, { token, proof, body: { productId: own.productId, teamId: own.team.teamId } });
      };
      await refusedWith('invited', await ask());
      const memberId = results[0]?.memberId;
      assert.ok(memberId);
      await own.team.owner.giveLicence({ teamId: own.team.teamId, body: { productId: own.productId, memberId } });
      await refusedWith('reserved', await ask());
    });

    it('for a team of others exactly as for one that does not exist', async () => {
      const foreign = await makeTeam(app, 'owner@foreign.example');
      await addLicences(app, { teamId: foreign.teamId, productId: scene.productId, quantity: 1 });
      const foreignAnswer = await scene.ask({ teamId: foreign.teamId });
      const unknownAnswer = await scene.ask({ teamId: app.ground.newId('team') });
      await refusedWith('teamNotFound', foreignAnswer);
      assert.deepEqual(foreignAnswer.body, unknownAnswer.body);
    });

    it('for a product of another application exactly as for one that does not exist', async () => {
      const other = await makeProduct(app, { key: 'others-share' });
      await addLicences(app, { teamId: scene.team.teamId, productId: other, quantity: 1 });
      await scene.team.owner.giveLicence({
        teamId: scene.team.teamId,
        body: { productId: other, memberId: scene.memberId },
      });
      const foreignAnswer = await scene.ask({ productId: other });
      const unknownAnswer = await scene.ask({ productId: app.ground.newId('prod') });
      await refusedWith('productUnknown', foreignAnswer);
      assert.deepEqual(foreignAnswer.body, unknownAnswer.body);
      await refusedWith('productUnknown', await scene.ask({ productId: 'others-share' }));
    });

    it('where a licence is held in another team only', async () => {
      const second = await makeTeam(app, 'owner@second.example');
      await addLicences(app, { teamId: second.teamId, productId: scene.productId, quantity: 1 });
      await app.ground.db
        .insertInto('member')
        .values({
          id: app.ground.newId('mem'),
          teamId: second.teamId,
          accountId: scene.person.accountId,
          email: 'pia@lease1.example' as never,
          name: 'Pia',
          role: 'member',
          state: 'accepted',
          invitedBy: null,
          invitedAt: app.clock.now(),
          invitationEndsOn: null,
          acceptedAt: app.clock.now(),
          removedAt: null,
        })
        .execute();
      await refusedWith('noLicence', await scene.ask({ teamId: second.teamId }));
    });
  });

  describe('is not even looked at', () => {
    const bodies: Record<string, [object | string, number, string]> = {
      'without a team': [{ productId: 'share' }, 422, 'invalidRequest'],
      'without a product': [{ teamId: 'team_01h455vb4pex5vsknk084sn02q' }, 422, 'invalidRequest'],
      'for a team that is none': [{ productId: 'share', teamId: 'team_x' }, 422, 'invalidRequest'],
      'for a product with a zero byte': [
        { productId: 'a\u0000b', teamId: 'team_01h455vb4pex5vsknk084sn02q' },
        422,
        'invalidRequest',
      ],
      'for an array': ['[]', 422, 'invalidRequest'],
      'for no JSON': ['{', 400, 'malformedJson'],
      'for a body that is too large': [`{"productId":"${'x'.repeat(5000)}"}`, 413, 'bodyTooLarge'],
    };
    for (const [what, [body, status, code]] of Object.entries(bodies)) {
      it(what, async () => {
        const proof = await makeProof(scene.keys, proofClaims(app, scene.token));
        const answer = await askLease(app, { token: scene.token, proof, body });
        assert.deepEqual([answer.status, answer.body.code], [status, code]);
      });
    }

    it('in another media type', async () => {
      const headers = { 'content-type': 'text/plain' };
      const answer = await askLease(app, { token: scene.token, body: {}, headers });
      assert.deepEqual([answer.status, answer.body.code], [415, 'unsupportedMediaType']);
    });

    it('without a token, or with one that is unknown, old, revoked or of a retired application', async () => {
      const own = await makeLeaseScene(app);
      const { teamId } = own.team;
      const body = { productId: own.productId, teamId };
      const unknown = 'x'.repeat(43);
      const proof = await makeProof(own.keys, proofClaims(app, unknown));
      const before = await countLeases(app);
      const anonymous = await app.request('/v1/me/leases', {
        method: 'POST',
        headers: { dpop: proof, cookie: own.person.cookie },
      });
      assert.equal(anonymous.status, 401);
      const answer = await askLease(app, { token: unknown, proof, body });
      assert.deepEqual([answer.status, answer.body.code], [401, 'notSignedIn']);
      const retired = (value: boolean) =>
        app.ground.db.updateTable('application').set({ retired: value }).where('id', '=', own.applicationId).execute();
      await retired(true);
      assert.equal((await own.ask()).status, 401);
      await retired(false);
      assert.equal((await postForm(app, '/oauth/revoke', { token: own.token })).status, 200);
      assert.equal((await own.ask()).status, 401);
      const old = await makeLeaseScene(app);
      await app.ground.db
        .updateTable('deviceToken')
        .set({ expiresAt: app.clock.now() })
        .where('id', '=', old.tokenId)
        .execute();
      assert.equal((await old.ask()).status, 401);
      assert.equal(await countLeases(app), before);
    });

    it('too often', async () => {
      const own = await makeLeaseScene(app);
      const statuses: number[] = [];
      for (let round = 0; round < 61; round += 1) statuses.push((await own.ask()).status);
      assert.ok(statuses.slice(0, 60).every((status) => status === 200));
      const { status, headers } = await own.ask();
      assert.deepEqual([statuses[60], status], [429, 429]);
      assert.ok(Number(headers.get('retry-after')) > 0);
      assert.equal((await scene.ask()).status, 200);
      app.clock.forward({ seconds: 61 });
      assert.equal((await own.ask()).status, 200);
    });
  });

  describe('is shown', () => {
    it('to whom it belongs, with place and end', async () => {
      const own = await makeLeaseScene(app);
      await app.ground.db.updateTable('deviceToken').set({ place: 'studio-7' }).where('id', '=', own.tokenId).execute();
      await own.ask();
      const { body } = await own.ask();
      const { items } = await own.person.listMyLeases();
      assert.deepEqual(
        items.map(({ leaseId, teamName, place, expiresAt, revoked }) => ({
          leaseId,
          teamName,
          place,
          expiresAt,
          revoked,
        })),
        [{ leaseId: body.leaseId, teamName: 'Team', place: 'studio-7', expiresAt: body.expiresAt, revoked: false }],
      );
      app.clock.forward({ seconds: 24 * HOUR });
      assert.deepEqual((await own.person.listMyLeases()).items, []);
    });

    it('to those who manage the licences, also after it was taken: so long it can run offline', async () => {
      const own = await makeLeaseScene(app);
      const { teamId, owner } = own.team;
      const { body } = await own.ask();
      await owner.takeLicence({ teamId, licenceId: own.licenceId as never, body: { memberId: own.memberId } });
      const { items } = await owner.listTeamLeases({ teamId, query: { memberId: own.memberId } });
      assert.deepEqual(
        items.map(({ leaseId, memberId, expiresAt, revoked }) => ({ leaseId, memberId, expiresAt, revoked })),
        [{ leaseId: body.leaseId, memberId: own.memberId, expiresAt: body.expiresAt, revoked: true }],
      );
      assert.deepEqual(
        (await owner.listTeamLeases({ teamId, query: { productId: app.ground.newId('prod') as ProductId } })).items,
        [],
      );
    });

    it('to nobody else', async () => {
      const { person: manager } = await addMember(app, scene.team, 'manager@lease1.example', {
        role: 'licenceManager',
      });
      const { teamId } = scene.team;
      await manager.listTeamLeases({ teamId });
      await refused(scene.person.listTeamLeases({ teamId }), 'forbidden');
      const stranger = await app.as('stranger@office.example');
      await refused(stranger.listTeamLeases({ teamId }), 'notFound');
      await refused(stranger.listTeamLeases({ teamId: app.ground.newId('team') as TeamId }), 'notFound');
      await refused(app.anonymous.listTeamLeases({ teamId }), 'notSignedIn');
      const device = app.withHeaders({ authorization: `Bearer ${scene.token}` });
      await refused(device.listMyLeases(), 'tokenScope');
      assert.deepEqual((await stranger.listMyLeases()).items, []);
    });
  });

  it('of one account goes to two devices, and each is bound to its own key', async () => {
    const keys = await makeDeviceKeys();
    const proof = await makeProof(keys, proofClaims(app, scene.token));
    const { body } = await askLease(app, {
      token: scene.token,
      proof,
      body: { productId: scene.productId, teamId: scene.team.teamId },
    });
    const { payload } = await verifyToken(app, body.lease, { typ: 'lease+jwt' });
    assert.deepEqual(payload.cnf, { jkt: await calculateJwkThumbprint(keys.jwk) });
  });

  it('goes to an application that an account is signed in to under another product list only as far as that goes', async () => {
    const none = await makeApplication(app, 'no-products', [await makeProduct(app, { key: 'something-else' })]);
    const token = await makeDeviceToken(app, none, scene.person.accountId);
    const proof = await makeProof(scene.keys, proofClaims(app, token));
    const { body } = await askLease(app, {
      token,
      proof,
      body: { productId: scene.productId, teamId: scene.team.teamId },
    });
    assert.deepEqual([body.code, body.reason], ['leaseRefused', 'productUnknown']);
  });
});
