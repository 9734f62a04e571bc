import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { LinkId, TeamId } from '../../../domain/id.ts';
import type { Log } from '../../platform/log.ts';
import type { LinkCall } from '../harness/account-builder.ts';
import { newestLink, PASSWORD, signedUp, signUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { openBrowser } from '../harness/browser.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { contactOf, makeCustomer, makeOffer, makePending, openMarket } from '../harness/sale-builder.ts';
import { invite, makeTeam } from '../harness/team-builder.ts';

const account = { name: 'Olga Owner', password: PASSWORD };
const logged: string[] = [];
const keep = (...entry: unknown[]) => void logged.push(JSON.stringify(entry));
const log: Log = { info: keep, warn: keep, error: keep };

describe('links from mails', () => {
  let app: TestApp;
  let market: Market;
  let serial = 0;

  before(async () => {
    app = await createTestApp({ log });
    market = await openMarket(app);
  });
  after(() => app.close());

  const newEmail = () => {
    serial += 1;
    return `owner${serial}@office.example`;
  };

  /** A team that an agent made and nobody has confirmed, with the link in its owner's mail. */
  async function unclaimed(ownerEmail = newEmail()): Promise<{ teamId: TeamId; ownerEmail: string; link: LinkCall }> {
    app.clock.forward({ seconds: 1 });
    const { id: customerId } = await makeCustomer(market.agent);
    const team = await market.agent.makeTeam({ body: { name: 'Planning', customerId, ownerEmail } });
    return { teamId: team.id, ownerEmail, link: await newestLink(app, ownerEmail) };
  }

  /** An offer in the mail of the customer's contact. */
  async function sentOffer() {
    app.clock.forward({ seconds: 1 });
    const customer = await makeCustomer(market.agent);
    const offer = await makeOffer(market.agent, { customerId: customer.id, productId: market.share });
    await market.agent.sendOffer({ offerId: offer.id, ifMatch: offer.version });
    return { customer, offer, link: await newestLink(app, contactOf(customer.customerNumber)) };
  }

  const withAccount = (link: LinkCall, chosen: object = account) => ({
    ...link,
    body: { ...link.body, account: { ...account, ...chosen } },
  });

  it('show what they are about, and change nothing however often they are opened', async () => {
    const { link, ownerEmail } = await unclaimed();
    const before = await app.ground.db.selectFrom('link').selectAll().where('id', '=', link.linkId).execute();
    const opened = [await app.anonymous.openLink(link), await app.anonymous.openLink(link)];

    assert.deepEqual(opened[0], opened[1]);
    assert.ok(opened[0]?.kind === 'claimTeam');
    assert.deepEqual(opened[0].account, { email: ownerEmail, state: 'none' });
    assert.equal(opened[0].team.name, 'Planning');
    assert.equal(opened[0].customerName, 'Office');
    assert.ok(opened[0].partnerName);
    const after = await app.ground.db.selectFrom('link').selectAll().where('id', '=', link.linkId).execute();
    assert.deepEqual(after, before);
    assert.equal((await app.request(`/v1/links/${link.linkId}/open`)).ok, false);
  });

  it('end after five wrong tries, for whoever has the right secret too', async () => {
    const { link } = await unclaimed();
    const wrong = { ...link, body: { secret: 'x'.repeat(43) } };
    for (let tries = 0; tries < 4; tries += 1) await refused(app.anonymous.openLink(wrong), 'linkUnknown');
    await app.anonymous.openLink(link);
    await refused(app.anonymous.claimTeam(wrong), 'linkUnknown');
    await refused(app.anonymous.openLink(link), 'linkUnknown');
    await refused(app.anonymous.claimTeam(withAccount(link)), 'linkUnknown');
  });

  it('are unknown by a wrong id, a malformed one, and for what they were not made for', async () => {
    const { link } = await unclaimed();
    const other = { ...link, linkId: app.ground.newId('link') };
    await refused(app.anonymous.openLink(other), 'linkUnknown');
    await refused(app.anonymous.openLink({ ...link, linkId: 'link_x' as LinkId }), 'linkUnknown');
    await refused(app.anonymous.confirmAccount(link), 'linkUnknown');
    await refused(app.anonymous.acceptInvitation(withAccount(link)), 'linkUnknown');
    await refused(app.anonymous.disputeAcceptance(link), 'linkUnknown');
    await app.anonymous.openLink(link);
  });

  it('expire on their day', async () => {
    const { link } = await unclaimed();
    app.clock.forward({ days: 90, seconds: 1 });
    await refused(app.anonymous.openLink(link), 'linkExpired');
    await refused(app.anonymous.claimTeam(withAccount(link)), 'linkExpired');
  });

  it('are replaced when the address is corrected', async () => {
    const { teamId, link } = await unclaimed();
    const right = newEmail();
    app.clock.forward({ seconds: 1 });
    await market.agent.correctOwner({ teamId, body: { ownerEmail: right } });
    await refused(app.anonymous.claimTeam(withAccount(link)), 'linkEnded');
    await app.anonymous.claimTeam(withAccount(await newestLink(app, right)));
  });

  it('claim the team and make the account in one step, and sign in', async () => {
    const { teamId, link, ownerEmail } = await unclaimed();
    const browser = openBrowser(app);
    assert.deepEqual(await browser.claimTeam(withAccount(link)), { teamId });

    const me = await browser.getMe();
    assert.deepEqual([me.account.email, me.account.name, me.teamCount], [ownerEmail, 'Olga Owner', 1]);
    assert.equal((await browser.getTeam({ teamId })).claimed, true);
    await refused(app.anonymous.openLink(link), 'linkUsed');
    await openBrowser(app).signIn({ body: { email: ownerEmail, password: PASSWORD } });
  });

  it('leave nothing behind when the claim is refused', async () => {
    const { link, ownerEmail } = await unclaimed();
    await refused(app.anonymous.claimTeam(link), 'invalidRequest');
    await refused(app.anonymous.claimTeam(withAccount(link, { password: 'password123' })), 'passwordTooWeak');
    assert.ok((await app.anonymous.openLink(link)).kind === 'claimTeam');
    const accounts = await app.ground.db.selectFrom('account').select('email').execute();
    assert.ok(!accounts.some(({ email }) => email === ownerEmail));
  });

  it('are used by one of two at once', async () => {
    const { teamId, link } = await unclaimed();
    const claims = await Promise.allSettled([
      app.anonymous.claimTeam(withAccount(link)),
      app.anonymous.claimTeam(withAccount(link)),
    ]);
    const [won] = claims.filter((claim) => claim.status === 'fulfilled');
    const [lost] = claims.filter((claim) => claim.status === 'rejected');
    assert.deepEqual(won?.value, { teamId });
    await refused(Promise.reject(lost?.reason), 'linkUsed');
    const events = await app.ground.db
      .selectFrom('event')
      .select('kind')
      .where('streamId', '=', teamId)
      .where('kind', '=', 'teamClaimed')
      .execute();
    assert.equal(events.length, 1);
  });

  it('give the same answer to a request that is repeated with its key', async () => {
    const { link } = await unclaimed();
    const call = { ...withAccount(link), idempotencyKey: `claim-${link.linkId}` };
    const answer = await app.anonymous.claimTeam(call);
    const again = openBrowser(app);
    assert.deepEqual(await again.claimTeam(call), answer);
    await again.getMe();
  });

  it('end the password and sessions of an account that never proved its mailbox', async () => {
    const email = newEmail();
    const others = 'somebody else chose this';
    await signUp(app, email, others);
    const confirmation = await newestLink(app, email);
    const { link } = await unclaimed(email);
    const opened = await app.anonymous.openLink(link);
    assert.ok(opened.kind === 'claimTeam');
    assert.equal(opened.account.state, 'unconfirmed');
    await app.anonymous.claimTeam(withAccount(link));

    await refused(app.anonymous.signIn({ body: { email, password: others } }), 'wrongCredentials');
    await refused(app.anonymous.confirmAccount(confirmation), 'linkEnded');
    await app.anonymous.signIn({ body: { email, password: PASSWORD } });
  });

  it('want a known account to sign in, and no other', async () => {
    const email = newEmail();
    const known = await signedUp(app, email);
    const { teamId, link } = await unclaimed(email);
    const other = await app.as('somebody@office.example');

    const standing = async (client: Pick<TestApp['anonymous'], 'openLink'>) => {
      const opened = await client.openLink(link);
      return opened.kind === 'claimTeam' && opened.account.state;
    };
    assert.equal(await standing(app.anonymous), 'known');
    assert.equal(await standing(other), 'otherSignedIn');
    assert.equal(await standing(known), 'signedIn');
    await refused(app.anonymous.claimTeam(link), 'linkSignInNeeded');
    await refused(app.anonymous.claimTeam(withAccount(link)), 'linkSignInNeeded');
    await refused(other.claimTeam(link), 'linkOtherAccount');
    assert.deepEqual(await known.claimTeam(link), { teamId });
    await app.anonymous.signIn({ body: { email, password: PASSWORD } });
  });

  it('let an invited person into the team, with an account made on the way', async () => {
    const team = await makeTeam(app, newEmail(), 'Guests');
    const { teamId } = team;
    const guest = newEmail();
    app.clock.forward({ seconds: 1 });
    await invite(team, guest);
    const link = await newestLink(app, guest);
    const opened = await app.anonymous.openLink(link);
    assert.ok(opened.kind === 'invitation');
    assert.equal(opened.team.name, 'Guests');

    const browser = openBrowser(app);
    const joined = await browser.acceptInvitation(withAccount(link));
    const { mine, revision } = await browser.getTeam({ teamId });
    assert.deepEqual(joined, { teamId, revision });
    assert.equal(mine?.role, 'member');
    await refused(app.anonymous.openLink(link), 'linkUsed');
  });

  it('end with the invitation that they belong to', async () => {
    const team = await makeTeam(app, newEmail());
    const guest = newEmail();
    app.clock.forward({ seconds: 1 });
    const memberId = await invite(team, guest);
    const link = await newestLink(app, guest);
    await team.owner.removeMember({ teamId: team.teamId, memberId });
    await refused(app.anonymous.openLink(link), 'linkEnded');
    await refused(app.anonymous.acceptInvitation(withAccount(link)), 'linkEnded');
  });

  it('let the customer read, accept and read again', async () => {
    const { offer, link } = await sentOffer();
    const opened = await app.anonymous.openLink(link);
    assert.ok(opened.kind === 'offer');
    assert.equal(opened.offer.id, offer.id);
    const accept = { ...link, body: { ...link.body, acceptedBy: 'Connie' } };
    const stale = app.anonymous.acceptOffer({ ...accept, ifMatch: opened.offer.version + 1 });
    await refused(stale, 'versionChanged');
    const accepted = await app.anonymous.acceptOffer({ ...accept, ifMatch: opened.offer.version });

    assert.equal(accepted.acceptance?.channel, 'link');
    await refused(app.anonymous.acceptOffer({ ...accept, ifMatch: accepted.version }), 'offerAlreadyAccepted');
    const again = await app.anonymous.openLink(link);
    assert.ok(again.kind === 'offer');
    assert.equal(again.offer.state, 'accepted');
    const told = (await app.mailsTo('eva.lang@bim-partner-sachsen.example')).filter(({ text }) =>
      text.includes(offer.number),
    );
    assert.equal(told.length, 1);
    assert.match(told[0]?.text ?? '', /Connie accepted/);
  });

  it('let the customer decline', async () => {
    const { offer, link } = await sentOffer();
    const declined = await app.anonymous.rejectOffer({
      ...link,
      ifMatch: offer.version,
      body: { ...link.body, reason: 'Too many' },
    });
    assert.equal(declined.state, 'rejected');
    const told = (await app.mailsTo('eva.lang@bim-partner-sachsen.example')).filter(({ text }) =>
      text.includes(offer.number),
    );
    assert.match(told[0]?.text ?? '', /Too many/);
  });

  it('end when the offer is sent again', async () => {
    const { offer, customer, link } = await sentOffer();
    app.clock.forward({ seconds: 1 });
    const { version } = await market.agent.getOffer({ offerId: offer.id });
    await market.agent.sendOffer({ offerId: offer.id, ifMatch: version });
    await refused(app.anonymous.openLink(link), 'linkEnded');
    await app.anonymous.openLink(await newestLink(app, contactOf(customer.customerNumber)));
  });

  it('complete a pending order once; what matches nothing leaves the link as it is', async () => {
    const customer = await makeCustomer(market.agent);
    app.clock.forward({ seconds: 1 });
    const order = await makePending(market.agent, { customerId: customer.id, productId: market.share });
    const mails = await app.mailsTo(contactOf(customer.customerNumber));
    const found = mails.find(({ subject }) => subject.startsWith(`Order ${order.number}`))?.link;
    assert.ok(found);
    const link = { linkId: found.linkId as LinkId, body: { secret: found.secret } };
    const opened = await app.anonymous.openLink(link);
    assert.ok(opened.kind === 'completeOrder');
    assert.equal(opened.order.id, order.id);

    const named = { ...link.body, teamName: 'New office', ownerEmail: newEmail() };
    await refused(app.anonymous.completeOrderByLink({ ...link, body: named }), 'teamNotMatched');
    const done = await app.anonymous.completeOrderByLink({ ...link, body: { ...named, makeTeam: true } });
    assert.equal(done.teamName, 'New office');
    await refused(app.anonymous.openLink(link), 'linkUsed');
  });

  it('say "not us" as often as one likes', async () => {
    const customer = await makeCustomer(market.agent);
    app.clock.forward({ seconds: 1 });
    const offer = await makeOffer(market.agent, { customerId: customer.id, productId: market.share });
    await market.agent.acceptOfferByPhone({
      offerId: offer.id,
      ifMatch: offer.version,
      body: { acceptedBy: 'Nobody' },
    });
    const link = await newestLink(app, contactOf(customer.customerNumber));
    assert.deepEqual(await app.anonymous.disputeAcceptance(link), { held: true });
    assert.deepEqual(await app.anonymous.disputeAcceptance(link), { held: true });
    const opened = await app.anonymous.openLink(link);
    assert.ok(opened.kind === 'dispute');
    assert.equal(opened.disputed, true);
  });

  it('refuse a body that is wrong', async () => {
    const { link } = await unclaimed();
    const post = (body: string) =>
      app.request(`/v1/links/${link.linkId}/claim-team`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    assert.equal((await post('{"secret":')).status, 400);
    assert.equal((await post('{"secret":7}')).status, 422);
    assert.equal((await post(JSON.stringify({ ...link.body, account: { name: 'x' } }))).status, 422);
    assert.equal((await post(JSON.stringify({ secret: 'x'.repeat(2_000_000) }))).status, 413);
  });

  it('are counted for each network address where they do not work, so that a whole office can open its own', async () => {
    const { link } = await unclaimed();
    const foreign = { linkId: app.ground.newId('link'), body: { secret: 'y'.repeat(43) } };
    app.clock.forward({ seconds: 301 });
    for (let opened = 0; opened < 130; opened += 1) await app.anonymous.openLink(link);
    for (let tries = 0; tries < 120; tries += 1) await refused(app.anonymous.openLink(foreign), 'linkUnknown');
    await refused(app.anonymous.openLink(foreign), 'tooManyRequests');
    app.clock.forward({ seconds: 301 });
    await refused(app.anonymous.openLink(foreign), 'linkUnknown');
  });

  it('never leave their secrets in a log', async () => {
    const { link } = await unclaimed();
    const broken = app.withHeaders({ 'if-match': 'nonsense' });
    await refused(broken.acceptOffer({ ...link, ifMatch: 1, body: { ...link.body, acceptedBy: 'x' } }), 'linkUnknown');
    await app.anonymous.openLink(link);
    assert.ok(!logged.join('\n').includes(link.body.secret));
    const kept = JSON.stringify(await app.ground.db.selectFrom('notice').selectAll().execute());
    assert.ok(!kept.includes(link.body.secret));
  });
});
