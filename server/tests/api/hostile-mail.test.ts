import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { Market } from '../harness/sale-builder.ts';
import { contactOf, makeCustomer, openMarket } from '../harness/sale-builder.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { makeTeam } from '../harness/team-builder.ts';

const TAG = '<img src=x onerror=alert(1)>';
const SHOWN = '&lt;img src=x onerror=alert(1)&gt;';

describe('addresses that could lead a mail astray', () => {
  let app: TestApp;
  let team: TestTeam;
  before(async () => {
    app = await createTestApp();
    team = await makeTeam(app, 'owner@hostile-mail.example');
  });
  after(() => app.close());

  for (const address of [
    'a@office.example\r\nBcc: b@elsewhere.example',
    'a@office.example,b@elsewhere.example',
    'a@office.example>\nRCPT TO:<b@elsewhere.example',
    '"quoted local"@office.example',
    '"a\\"b"@office.example',
    'a(comment)@office.example',
    '<a@office.example>',
    'A B <a@office.example>',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@localhost',
    'a@office.example.',
    'a@-office.example',
    'a@offi_ce.example',
    'a@office..example',
    'a..b@office.example',
    'a\u0000@office.example',
    'a\u202e@office.example',
    'a%0d%0ab@office',
    `${'a'.repeat(65)}@office.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(160)}example`,
    'a@xn--.example',
    'a@b@office.example',
  ]) {
    it(`are refused: ${JSON.stringify(address).slice(0, 60)}`, async () => {
      const answer = await app.request(`/v1/teams/${team.teamId}/invitations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: team.owner.cookie },
        body: JSON.stringify({ people: [{ email: address }] }),
      });
      const { results } = (await answer.json()) as { results?: { outcome: string }[] };
      if (answer.status !== 422)
        assert.deepEqual(
          results?.map(({ outcome }) => outcome),
          ['invalidEmail'],
        );
      assert.deepEqual(await app.ground.db.selectFrom('notice').select('recipient').execute(), []);
    });
  }

  it('are one and the same in every writing, so that nobody gets a second account', async () => {
    const people = [
      { email: 'Jörg@Büro.example' },
      { email: 'JO\u0308RG@bu\u0308ro.example' },
      { email: 'jörg@xn--bro-hoa.example' },
    ];
    const { results } = await team.owner.inviteMembers({ teamId: team.teamId, body: { people } });
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['invited', 'repeated', 'repeated'],
    );
  });
});

describe('names that are no names', () => {
  let app: TestApp;
  let market: Market;
  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
  });
  after(() => app.close());

  it('are shown as they were typed in the mails that carry them', async () => {
    const owner = await app.as({ email: 'owner@hostile-name.example', name: TAG });
    const team = await owner.makeTeam({ body: { name: `${TAG} team` } });
    await owner.inviteMembers({
      teamId: team.id,
      body: { people: [{ email: 'guest@hostile-name.example', name: TAG }] },
    });
    const [mail] = await app.mailsTo('guest@hostile-name.example');
    assert.ok(mail);
    assert.ok(mail.html.includes(`${SHOWN} team`));
    assert.doesNotMatch(mail.html, /<img/);
    assert.ok(mail.subject.includes(TAG), 'a subject is plain text');
  });

  it("are harmless in an agent's offer, its message included", async () => {
    const customer = await makeCustomer(market.agent, { name: `Büro ${TAG}` });
    const line = { productId: market.share, quantity: 1, termMonths: 12 };
    const message = `</blockquote>${TAG}\n\n.\r\n"&'`;
    const offer = await market.agent.makeOffer({ body: { customerId: customer.id, lines: [line], message } });
    await market.agent.sendOffer({ offerId: offer.id, ifMatch: offer.version });
    const mail = (await app.mailsTo(contactOf(customer.customerNumber))).at(-1);
    assert.ok(mail);
    assert.ok(mail.html.includes(SHOWN));
    assert.doesNotMatch(mail.html, /<img|<\/blockquote>&lt;img|<\/blockquote><img/);
    assert.equal(mail.html.split('</blockquote>').length, 2);
  });

  for (const [what, name] of [
    ['a line break', 'Eva\r\nBcc: all@vendor.example'],
    ['a zero byte', 'Eva\0'],
    ['an override of direction', 'Eva \u202egnp.exe'],
    ['an isolate', 'Eva \u2066x'],
    ['a line separator', 'Eva\u2028Lang'],
    ['an escape', '\u001b[31mEva'],
  ] as const) {
    it(`are refused for ${what}, as a team's and as a person's`, async () => {
      const owner = await app.as('owner@hostile-name.example');
      await assert.rejects(owner.makeTeam({ body: { name } }), { code: 'invalidRequest' });
      await assert.rejects(owner.changeMe({ body: { name } }), { code: 'invalidRequest' });
      const body = { email: 'new@hostile-name.example', name, password: 'violet harbour seldom cup' };
      await assert.rejects(app.anonymous.signUp({ body }), { code: 'invalidRequest' });
    });
  }
});
