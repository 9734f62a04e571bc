import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { ProductId } from '../../../domain/id.ts';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeKey } from '../harness/application-builder.ts';
import { refused } from '../harness/refused.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, invite, makeProduct, makeTeam } from '../harness/team-builder.ts';

const use = { name: 'use' };

describe('searches of an application', () => {
  let app: TestApp;
  let share: ProductId;
  let viewer: ProductId;
  let foreign: ProductId;
  let client: ReturnType<TestApp['withHeaders']>;
  let team: TestTeam;
  let other: TestTeam;
  const people: { readonly name: string; readonly accountId: SignedIn['accountId'] }[] = [];

  before(async () => {
    app = await createTestApp();
    share = await makeProduct(app);
    viewer = await makeProduct(app, { key: 'viewer' });
    foreign = await makeProduct(app, { key: 'foreign' });
    await makeApplication(app, 'sketchpad', [share, viewer]);
    await makeApplication(app, 'other', [foreign]);
    client = app.withHeaders({ authorization: `Bearer ${await makeKey(app, 'sketchpad')}` });
    team = await makeTeam(app, 'owner@search.example');
    other = await makeTeam(app, 'owner2@search.example');
    await fillTeam();
  });
  after(() => app.close());

  const give = (to: TestTeam, productId: ProductId, memberId: Awaited<ReturnType<typeof invite>>) =>
    to.owner.giveLicence({ teamId: to.teamId, body: { productId, memberId } });

  /** Running, in grace, suspended and ended terms; holders, invited, removed and unconfirmed people; a foreign product. */
  async function fillTeam(): Promise<void> {
    const { teamId } = team;
    for (const { productId, startsOn, names } of [
      { productId: share, startsOn: '2026-03-02', names: ['running1', 'running2', 'unconfirmed', 'removed', 'both'] },
      { productId: viewer, startsOn: '2025-02-20', names: ['grace1', 'both'] },
      { productId: viewer, startsOn: '2025-02-01', names: ['lastGraceDay'] },
      { productId: viewer, startsOn: '2025-01-31', names: ['firstDayWithout'] },
      { productId: share, startsOn: '2024-01-01', names: ['ended'] },
      { productId: foreign, startsOn: '2026-03-02', names: ['running1'] },
    ]) {
      await addLicences(app, { teamId, productId, quantity: names.length, startsOn: startsOn as CalendarDate });
      for (const name of names) await hold(name, productId);
    }
    const invitedId = await invite(team, 'invited@search.example');
    for (const name of ['invited', 'stranger', 'owner']) {
      people.push({ name, accountId: (await app.as(`${name}@search.example`)).accountId });
    }
    await addLicences(app, { teamId, productId: share, quantity: 1 });
    await give(team, share, invitedId);
    const elsewhere = await addMember(app, other, 'running1@search.example');
    await addLicences(app, { teamId: other.teamId, productId: share, quantity: 1 });
    await give(other, share, elsewhere.memberId);
    const removed = (await team.owner.listMembers({ teamId })).items.find(({ email }) => email.startsWith('removed@'));
    assert.ok(removed);
    await team.owner.removeMember({ teamId, memberId: removed.id });
    const unconfirmed = await app.as('unconfirmed@search.example');
    await app.ground.db
      .updateTable('account')
      .set({ emailVerified: false })
      .where('id', '=', unconfirmed.accountId)
      .execute();
    await app.ground.feed.reload();
  }

  const memberIds = new Map<string, Awaited<ReturnType<typeof invite>>>();

  async function hold(name: string, productId: ProductId): Promise<void> {
    if (!memberIds.has(name)) {
      const { memberId, person } = await addMember(app, team, `${name}@search.example`);
      memberIds.set(name, memberId);
      people.push({ name, accountId: person.accountId });
    }
    const memberId = memberIds.get(name);
    const free = await app.ground.db
      .selectFrom('licence')
      .innerJoin('subscription as s', 's.id', 'licence.subscriptionId')
      .select('licence.id')
      .where('licence.teamId', '=', team.teamId)
      .where('licence.productId', '=', productId)
      .where('licence.state', '=', 'free')
      .orderBy('s.endsOn')
      .executeTakeFirstOrThrow();
    await app.ground.db
      .updateTable('licence')
      .set({ state: 'held', memberId, since: app.clock.now() })
      .where('id', '=', free.id)
      .execute();
  }

  const resourceOf = (id: string, teamId: string) => ({ type: 'product', id, properties: { team: teamId } });
  const subjectsOf = async (product: string, teamId: string) => {
    const body = { subject: { type: 'account' }, action: use, resource: resourceOf(product, teamId) };
    return (await client.searchSubjects({ body })).results.map(({ id }) => id);
  };

  /** Asks every search and the evaluation about everybody; they must agree. @returns the reasons of the evaluations. */
  async function compare(product: string, teamId: string): Promise<string[]> {
    const resource = resourceOf(product, teamId);
    const evaluations = people.map(({ accountId }) => ({ subject: { type: 'account', id: accountId } }));
    const answer = await client.evaluateAll({ body: { action: use, resource, evaluations } });
    assert.ok('evaluations' in answer);
    const isAllowed = new Map(
      people.map(({ accountId }, index) => [accountId, answer.evaluations[index]?.decision ?? false]),
    );
    const allowed = [...isAllowed].filter(([, decision]) => decision).map(([accountId]) => accountId);
    assert.deepEqual(await subjectsOf(product, teamId), allowed.sort(), product);
    for (const [accountId, decision] of isAllowed) {
      const subject = { type: 'account', id: accountId };
      const actions = await client.searchActions({ body: { subject, resource } });
      assert.deepEqual(actions.results, decision ? [{ name: 'use' }] : []);
      const products = await client.searchResources({ body: { subject, action: use, resource: { type: 'product' } } });
      const found = products.results.map(({ properties }) => `${properties.key} ${properties.team}`);
      assert.equal(found.includes(`${product} ${teamId}`), decision);
    }
    return answer.evaluations.map(({ context }) => context.reason);
  }

  it('know the last day of a grace', async () => {
    const names = (await subjectsOf('viewer', team.teamId)).map(
      (id) => people.find(({ accountId }) => accountId === id)?.name,
    );
    assert.deepEqual(names.sort(), ['both', 'grace1', 'lastGraceDay']);
    assert.deepEqual(await subjectsOf('foreign', team.teamId), []);
  });

  it('find exactly those whom an evaluation allows, on every day of the terms', async () => {
    const seen = new Set<string>();
    for (const days of [0, 1, 20, 40, 330, 396]) {
      app.clock.forward({ days });
      await app.ground.feed.reload();
      for (const product of ['share', 'viewer', 'foreign']) {
        for (const reason of await compare(product, team.teamId)) seen.add(reason);
      }
      await compare('share', other.teamId);
    }
    const all = ['held', 'grace', 'accountNotConfirmed', 'productUnknown', 'notMember', 'removed', 'reserved'];
    assert.deepEqual(
      [...all, 'invited', 'suspended', 'ended', 'noLicence'].filter((one) => !seen.has(one)),
      [],
    );
  });

  it('say until when a product works, as the evaluation does', async () => {
    const fresh = await makeTeam(app, 'until@search.example');
    await addLicences(app, { teamId: fresh.teamId, productId: share, quantity: 1 });
    const { revision } = await give(fresh, share, fresh.ownerMemberId);
    const subject = { type: 'account', id: 'UNTIL@search.example' };
    const body = {
      subject,
      action: use,
      resource: { type: 'product', id: 'ignored', properties: { team: fresh.teamId } },
    };
    const { results, page } = await client.searchResources({
      body: { ...body, context: { atLeastRevision: revision } },
    });
    const answer = await client.evaluate({
      body: {
        subject,
        action: use,
        resource: resourceOf('share', fresh.teamId),
        context: { atLeastRevision: revision },
      },
    });
    const properties = { team: fresh.teamId, key: 'share', until: answer.context.until };
    assert.deepEqual(results, [{ type: 'product', id: share, properties }]);
    assert.deepEqual(page, { next_token: '', count: 1 });
  });

  describe('in pages', () => {
    let wide: TestTeam;
    let accountIds: string[];
    const body = (page: object) => ({
      subject: { type: 'account' },
      action: use,
      resource: resourceOf('share', wide.teamId),
      page,
    });

    before(async () => {
      wide = await makeTeam(app, 'wide@search.example');
      await addLicences(app, { teamId: wide.teamId, productId: share, quantity: 5 });
      accountIds = [];
      for (let index = 0; index < 5; index += 1) {
        const { memberId, person } = await addMember(app, wide, `wide${index}@search.example`);
        await give(wide, share, memberId);
        accountIds.push(person.accountId);
      }
      accountIds.sort();
    });

    it('find everybody once', async () => {
      const found: string[] = [];
      let { page, results } = await client.searchSubjects({ body: body({ limit: 2 }) });
      for (;;) {
        found.push(...results.map(({ id }) => id));
        assert.equal(page.count, results.length);
        if (page.next_token === '') break;
        ({ page, results } = await client.searchSubjects({ body: body({ token: page.next_token }) }));
      }
      assert.deepEqual(found, accountIds);
    });

    it('find nothing in a page of none, and say whether there is more', async () => {
      const none = await client.searchSubjects({ body: body({ limit: 0 }) });
      assert.deepEqual(none.results, []);
      assert.notEqual(none.page.next_token, '');
    });

    it('go on for the very same search alone', async () => {
      const { page } = await client.searchSubjects({ body: body({ limit: 2 }) });
      const token = page.next_token;
      const elsewhere = { ...body({ token }), resource: resourceOf('viewer', wide.teamId) };
      await refused(client.searchSubjects({ body: elsewhere }), 'accessRequestInvalid');
      await refused(client.searchSubjects({ body: body({ token, limit: 3 }) }), 'accessRequestInvalid');
      await refused(client.searchSubjects({ body: body({ token: 'made up' }) }), 'accessRequestInvalid');
      const key = await makeKey(app, 'other');
      const stranger = app.withHeaders({ authorization: `Bearer ${key}` });
      await refused(stranger.searchSubjects({ body: body({ token }) }), 'accessRequestInvalid');
    });

    it('find products in teams page by page, too', async () => {
      const subject = { type: 'account', id: 'running1@search.example' };
      const second = await makeTeam(app, 'pages@search.example');
      const { memberId } = await addMember(app, second, 'running1@search.example');
      for (const productId of [share, viewer]) {
        await addLicences(app, { teamId: second.teamId, productId, quantity: 1 });
        await give(second, productId, memberId);
      }
      const ask = (page: object) =>
        client.searchResources({ body: { subject, action: use, resource: { type: 'product' }, page } });
      const whole = await ask({});
      const first = await ask({ limit: 1 });
      const rest = await ask({ token: first.page.next_token });
      assert.ok(whole.results.length >= 2);
      assert.deepEqual([...first.results, ...rest.results], whole.results.slice(0, 2));
    });
  });

  it('find nothing for what does not exist, and say why where the request itself tells', async () => {
    const resource = resourceOf('share', team.teamId);
    const search = (sent: object) =>
      client.searchSubjects({ body: { subject: { type: 'account' }, action: use, resource, ...sent } });
    for (const { sent, reason } of [
      { sent: { subject: { type: 'spaceship' } }, reason: 'subjectTypeUnknown' },
      { sent: { action: { name: 'sell' } }, reason: 'actionUnknown' },
      { sent: { resource: { type: 'book', id: 'x' } }, reason: 'resourceTypeUnknown' },
      { sent: { resource: { type: 'product', id: 'share' } }, reason: 'teamMissing' },
      { sent: { resource: resourceOf('share', 'team_none') }, reason: undefined },
    ]) {
      const { results, page, context } = await search(sent);
      assert.deepEqual([results, page.next_token, context?.reason], [[], '', reason]);
    }
    const subject = { type: 'account', id: 'nobody@search.example' };
    const products = await client.searchResources({ body: { subject, action: use, resource: { type: 'product' } } });
    assert.deepEqual(products.results, []);
    const actions = await client.searchActions({ body: { subject, resource } });
    assert.deepEqual([actions.results, actions.context?.reason], [[], 'accountUnknown']);
  });

  it('are refused for a revision that the team has not come to', async () => {
    const context = { atLeastRevision: 10_000 };
    const resource = resourceOf('share', team.teamId);
    const subject = { type: 'account', id: 'running1@search.example' };
    await refused(client.searchSubjects({ body: { subject, action: use, resource, context } }), 'revisionNotReached');
    const inTeam = { type: 'product', properties: { team: team.teamId } };
    await refused(
      client.searchResources({ body: { subject, action: use, resource: inTeam, context } }),
      'revisionNotReached',
    );
    const anywhere = { subject, action: use, resource: { type: 'product' }, context };
    await refused(client.searchResources({ body: anywhere }), 'accessRequestInvalid');
  });
});
