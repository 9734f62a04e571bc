import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { ProductId } from '../../../domain/id.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeKey } from '../harness/application-builder.ts';
import { refused } from '../harness/refused.ts';
import { addLicences, addMember, invite, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('what an application asks with its service key', () => {
  let app: TestApp;
  let productId: ProductId;
  let serviceKey: string;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
    await makeProduct(app, { key: 'other' });
    await makeApplication(app, 'sketchpad', [productId]);
    serviceKey = await makeKey(app, 'sketchpad');
  });
  after(() => app.close());

  async function arrange() {
    serial += 1;
    const team = await makeTeam(app, `owner${serial}@office.example`);
    await addLicences(app, { teamId: team.teamId, productId, quantity: 1 });
    const { memberId, person } = await addMember(app, team, `person${serial}@office.example`);
    const give = () => team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
    const take = (licenceId: Awaited<ReturnType<typeof give>>['licence']['id']) =>
      team.owner.takeLicence({ teamId: team.teamId, licenceId, body: { memberId } });
    return { team, memberId, person, give, take };
  }

  const client = (key = serviceKey) => app.withHeaders({ authorization: `Bearer ${key}` });
  const use = { name: 'use' };
  const inTeam = (team: string, id = 'share') => ({ type: 'product', id, properties: { team } });
  const evaluate = (subject: string, teamId: string, { product = 'share', key = serviceKey, context = {} } = {}) =>
    client(key).evaluate({
      body: { subject: { type: 'account', id: subject }, action: use, resource: inTeam(teamId, product), context },
    });

  it('is a yes for a holder, with the revision that gave it, and a no once it is taken', async () => {
    const { team, person, give, take } = await arrange();
    assert.equal((await evaluate(person.accountId, team.teamId)).context.reason, 'noLicence');
    const { licence, revision } = await give();
    const context = { atLeastRevision: revision };
    assert.deepEqual(await evaluate(person.accountId, team.teamId, { context }), {
      decision: true,
      context: { reason: 'held', until: '2027-03-31', revision },
    });
    const taken = await take(licence.id);
    const no = await evaluate(person.accountId, team.teamId, { context: { atLeastRevision: taken.revision } });
    assert.deepEqual([no.decision, no.context.revision, no.context.until], [false, taken.revision, undefined]);
  });

  it('tells person and administrator what to do about a no', async () => {
    const { team, person } = await arrange();
    const { context } = await evaluate(person.accountId, team.teamId);
    assert.equal(context.reason_user?.de, 'Sie haben in diesem Team keine Lizenz. Bitten Sie seinen Besitzer um eine.');
    assert.equal(context.reason_admin?.en, 'Give the person a licence of this product in this team.');
  });

  it('knows the account by its address as well, and the product by its id', async () => {
    const { team, give } = await arrange();
    const { revision } = await give();
    const answer = await evaluate(`Person${serial}@Office.example`, team.teamId, {
      product: productId,
      context: { atLeastRevision: revision },
    });
    assert.equal(answer.decision, true);
  });

  it('never is a yes outside the licence’s team', async () => {
    const { person, give } = await arrange();
    await give();
    const other = await arrange();
    await addMember(app, other.team, `person${serial - 1}@office.example`);
    assert.equal((await evaluate(person.accountId, other.team.teamId)).context.reason, 'noLicence');
  });

  it('is refused for a revision that the team has not come to', async () => {
    const { team, person, give } = await arrange();
    const { revision } = await give();
    await refused(
      evaluate(person.accountId, team.teamId, { context: { atLeastRevision: revision + 1 } }),
      'revisionNotReached',
    );
  });

  for (const { what, ids, reason } of [
    { what: 'an account that nobody has', ids: { subject: 'nobody@office.example' }, reason: 'accountUnknown' },
    { what: 'a product that is not the application’s', ids: { product: 'other' }, reason: 'productUnknown' },
    { what: 'a team that does not exist', ids: { teamId: 'team_00000000000000000000000000' }, reason: 'teamNotFound' },
    { what: 'a team whose id is none', ids: { teamId: '../../etc' }, reason: 'teamNotFound' },
  ]) {
    it(`is a no to ${what}, with its reason`, async () => {
      const { team, person } = await arrange();
      const { subject = person.accountId, teamId = team.teamId, product } = ids as Record<string, string | undefined>;
      const answer = await evaluate(subject, teamId, product === undefined ? {} : { product });
      assert.deepEqual([answer.decision, answer.context.reason], [false, reason]);
    });
  }

  it('is a no to somebody outside the team, to an invited person and to one who was removed', async () => {
    const { team, memberId, person } = await arrange();
    const stranger = await app.as('stranger@else.example');
    assert.equal((await evaluate(stranger.accountId, team.teamId)).context.reason, 'notMember');
    const invited = await app.as(`invited${serial}@office.example`);
    const invitedId = await invite(team, `invited${serial}@office.example`);
    assert.equal((await evaluate(invited.accountId, team.teamId)).context.reason, 'invited');
    await team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId: invitedId } });
    assert.equal((await evaluate(invited.accountId, team.teamId)).context.reason, 'reserved');
    await team.owner.removeMember({ teamId: team.teamId, memberId });
    assert.equal((await evaluate(person.accountId, team.teamId)).context.reason, 'removed');
  });

  it('is answered for many at once, in their order, with what is wrong in its place', async () => {
    const { team, person, give } = await arrange();
    const { revision } = await give();
    const answer = await client().evaluateAll({
      body: {
        subject: { type: 'account', id: person.accountId },
        action: use,
        resource: inTeam(team.teamId),
        context: { atLeastRevision: revision },
        evaluations: [
          {},
          { subject: { type: 'account', id: team.owner.accountId } },
          { subject: { type: 'robot', id: 'r2' } },
          { resource: { id: '' } },
          { context: { atLeastRevision: revision + 5 } },
        ],
      },
    });
    assert.ok('evaluations' in answer);
    assert.deepEqual(
      answer.evaluations.map(({ decision, context }) => [decision, context.reason, context.error?.status]),
      [
        [true, 'held', undefined],
        [false, 'noLicence', undefined],
        [false, 'subjectTypeUnknown', undefined],
        [false, 'requestInvalid', 400],
        [false, 'revisionNotReached', 409],
      ],
    );
  });

  it('ends early where the call wants it, and is a single answer where nothing is listed', async () => {
    const { team, person, give } = await arrange();
    const { revision } = await give();
    const whole = {
      subject: { type: 'account', id: person.accountId },
      action: use,
      resource: inTeam(team.teamId),
      context: { atLeastRevision: revision },
    };
    const evaluations = [{}, { action: { name: 'sell' } }, {}];
    const count = async (evaluations_semantic: 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit') => {
      const answer = await client().evaluateAll({ body: { ...whole, evaluations, options: { evaluations_semantic } } });
      return 'evaluations' in answer ? answer.evaluations.map(({ decision }) => decision) : answer;
    };
    assert.deepEqual(await count('execute_all'), [true, false, true]);
    assert.deepEqual(await count('deny_on_first_deny'), [true, false]);
    assert.deepEqual(await count('permit_on_first_permit'), [true]);
    for (const body of [whole, { ...whole, evaluations: [] }]) {
      const answer = await client().evaluateAll({ body });
      assert.ok('decision' in answer && answer.decision);
    }
  });

  it('is where the metadata says', async () => {
    const answer = await app.request('/.well-known/authzen-configuration', { headers: { 'x-request-id': 'meta' } });
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=3600');
    assert.equal(answer.headers.get('x-request-id'), 'meta');
    const { signed_metadata: signed = '', ...plain } = (await answer.json()) as Record<string, string>;
    const { policy_decision_point: origin, ...places } = plain;
    assert.equal(origin, app.ground.settings.publicUrl);
    assert.equal(Object.keys(places).length, 5);
    for (const [name, place] of Object.entries(places)) {
      assert.ok(place.startsWith(`${origin}/access/v1/`), name);
      const asked = await app.request(new URL(place).pathname, { method: 'POST' });
      assert.equal(asked.status, 401, name);
    }
    const { keys } = await app.anonymous.getPublicKeys();
    const { payload } = await jwtVerify(signed, createLocalJWKSet({ keys: [...keys] }), { issuer: origin ?? '' });
    const { iss: _, iat: __, ...claimed } = payload;
    assert.deepEqual(claimed, plain);
  });
});
