import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Customer } from '../../../contract/customer.ts';
import type { Order } from '../../../contract/order.ts';
import type { LinkId, OrderId, TeamId } from '../../../domain/id.ts';
import { failOrder } from '../../features/order/order-processing.service.ts';
import type { ReceivedMail, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeAccepted, makeCustomer, makePending, openMarket } from '../harness/sale-builder.ts';

const UNKNOWN_ORDER = 'ord_01h455vb4pex5vsknk084sn02q';
const UNKNOWN_TEAM = 'team_01h455vb4pex5vsknk084sn02q';
const OWNER = 'olga.owner@office.example';

describe('an order', () => {
  let app: TestApp;
  let market: Market;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
  });
  after(() => app.close());

  const accepted = (customer: Customer, quantity = 3) =>
    makeAccepted(market.agent, { customerId: customer.id, productId: market.share, quantity });

  const teamFor = async (customer: Customer, name = 'Team North', ownerEmail = OWNER): Promise<TeamId> =>
    (await market.agent.makeTeam({ body: { name, customerId: customer.id, ownerEmail } })).id;

  const pending = (customer: Customer, named: { teamName?: string; ownerEmail?: string } = {}) =>
    makePending(market.agent, { customerId: customer.id, productId: market.share, ...named });

  const settledOrder = async (orderId: OrderId): Promise<Order> => {
    await app.settled();
    return market.agent.getOrder({ orderId });
  };

  const subscriptionsOf = (teamId: TeamId) =>
    app.ground.db
      .selectFrom('subscription as s')
      .leftJoin('licence as l', 'l.subscriptionId', 's.id')
      .select((eb) => ['s.id', 's.quantity', 's.startsOn', 's.endsOn', eb.fn.count<number>('l.id').as('licences')])
      .where('s.teamId', '=', teamId)
      .groupBy('s.id')
      .execute();

  const linkIn = (mail: ReceivedMail | undefined): { linkId: LinkId; secret: string } => {
    assert.ok(mail?.link, 'the mail carries a link');
    // A link's id comes out of the mail as text.
    return { linkId: mail.link.linkId as LinkId, secret: mail.link.secret };
  };

  const newestMail = async (email: string) => (await app.mailsTo(email)).at(-1);

  /** The mails to somebody whose subject names an order. */
  const mailsAbout = async (email: string, { number }: Order) =>
    (await app.mailsTo(email)).filter(({ subject }) => subject.includes(number));

  /** The link of the newest mail by which the customer completes an order. */
  const completionLink = async ({ contactEmail }: Customer, order: Order) =>
    linkIn((await mailsAbout(contactEmail, order)).findLast(({ subject }) => subject.includes('which team')));

  describe('that is placed', () => {
    it('for a team of the customer is processed at once, and everybody concerned hears of it', async () => {
      const customer = await makeCustomer(market.agent, { name: 'Office One' });
      const teamId = await teamFor(customer, 'Team One', 'one@owner.example');
      const offer = await market.agent.makeOffer({
        body: {
          customerId: customer.id,
          lines: [
            { productId: market.share, quantity: 8, termMonths: 12 },
            { productId: market.storage, quantity: 1, termMonths: 24 },
          ],
        },
      });
      await market.agent.acceptOfferByPhone({ offerId: offer.id, ifMatch: 1, body: { acceptedBy: 'Connie' } });
      app.clock.forward({ seconds: 1 });
      const placed = await market.agent.placeOrder({ body: { offerId: offer.id, teamId } });
      assert.match(placed.number, /^O-2026-\d{6}$/);
      assert.deepEqual(
        [placed.state, placed.teamName, placed.ownerEmail],
        ['inProgress', 'Team One', 'one@owner.example'],
      );

      const order = await settledOrder(placed.id);
      assert.equal(order.state, 'completed');
      assert.deepEqual(
        order.items.map(({ state, quantity, startsOn, endsOn }) => [state, quantity, startsOn, endsOn]),
        [
          ['completed', 8, '2026-03-02', '2027-03-01'],
          ['completed', 1, '2026-03-02', '2028-03-01'],
        ],
      );
      const subscriptions = await subscriptionsOf(teamId);
      assert.deepEqual(subscriptions.map(({ licences }) => licences).toSorted(), [0, 8]);
      const allotments = await app.ground.db
        .selectFrom('allotment')
        .select(['kind', 'bytes'])
        .where('teamId', '=', teamId)
        .orderBy('bytes')
        .execute();
      assert.deepEqual(allotments, [
        { kind: 'included', bytes: 80 * 1024 ** 3 },
        { kind: 'bought', bytes: 100 * 1024 ** 3 },
      ]);

      const owner = await newestMail('one@owner.example');
      assert.match(owner?.text ?? '', /8 × Allplan Share/);
      const { linkId, secret } = linkIn(owner);
      const opened = await app.anonymous.openLink({ linkId, body: { secret } });
      assert.equal(opened.kind, 'claimTeam');
      for (const email of [customer.contactEmail, 'eva.lang@bim-partner-sachsen.example']) {
        assert.equal((await mailsAbout(email, order)).length, 1, email);
      }
      await assertChain(app.ground.db, customer.id);
      await assertChain(app.ground.db, teamId);
    });

    it('by name and owner finds the team, however the name is spaced or written', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer, 'Büro Nord');
      const order = await pending(customer, { teamName: ' bu\u0308ronord ', ownerEmail: 'Olga.Owner@Office.example' });
      assert.deepEqual([order.state, order.teamId], ['inProgress', teamId]);
    });

    it('without a team waits, and the contact gets the link to complete it', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      app.clock.forward({ seconds: 1 });
      const order = await pending(customer);
      assert.deepEqual([order.state, order.reason], ['pending', 'teamAndOwnerUnknown']);
      assert.deepEqual(
        order.candidates.map(({ id }) => id),
        [teamId],
      );
      assert.equal((await mailsAbout(customer.contactEmail, order)).length, 1);
    });

    const half = [
      ['teamNameUnknown', { ownerEmail: OWNER }],
      ['ownerUnknown', { teamName: 'Team North' }],
      ['noTeamMatches', { teamName: 'Team South', ownerEmail: OWNER }],
      ['noTeamMatches', { teamName: 'Team North', ownerEmail: 'other@office.example' }],
    ] as const;
    for (const [reason, named] of half) {
      it(`waits with ${reason} for ${Object.keys(named).join(' and ')}`, async () => {
        const customer = await makeCustomer(market.agent);
        await teamFor(customer);
        const order = await pending(customer, named);
        assert.deepEqual([order.state, order.reason], ['pending', reason]);
      });
    }

    it('waits where several teams match, and shows those', async () => {
      const customer = await makeCustomer(market.agent);
      const same = [await teamFor(customer), await teamFor(customer, 'TEAM NORTH')];
      await teamFor(customer, 'Team South');
      const order = await pending(customer, { teamName: 'Team North', ownerEmail: OWNER });
      assert.equal(order.reason, 'severalTeamsMatch');
      assert.deepEqual(order.candidates.map(({ id }) => id).toSorted(), same.toSorted());
    });

    it("does not find another customer's team, which answers as no team at all", async () => {
      const [customer, other] = [await makeCustomer(market.agent), await makeCustomer(market.otherAgent)];
      const theirs = await market.otherAgent.makeTeam({
        body: { name: 'Team North', customerId: other.id, ownerEmail: OWNER },
      });
      const order = await pending(customer, { teamName: 'Team North', ownerEmail: OWNER });
      assert.deepEqual([order.reason, order.candidates], ['noTeamMatches', []]);
      const offer = await accepted(customer);
      for (const teamId of [theirs.id, UNKNOWN_TEAM] as const) {
        await refused(market.agent.placeOrder({ body: { offerId: offer.id, teamId } }), 'notFound');
      }
      await refused(market.agent.completeOrder({ orderId: order.id, body: { teamId: theirs.id } }), 'notFound');
    });

    it('is refused for an offer that nobody accepted, one that was ordered, and one that is not theirs', async () => {
      const customer = await makeCustomer(market.agent);
      const lines = [{ productId: market.share, quantity: 1, termMonths: 12 }];
      const open = await market.agent.makeOffer({ body: { customerId: customer.id, lines } });
      await refused(market.agent.placeOrder({ body: { offerId: open.id } }), 'offerNotAccepted');

      const { id: offerId } = await accepted(customer);
      await refused(market.otherAgent.placeOrder({ body: { offerId } }), 'notFound');
      await refused(market.staff.placeOrder({ body: { offerId } }), 'forbidden');
      await refused((await app.as(OWNER)).placeOrder({ body: { offerId } }), 'forbidden');
      await refused(app.anonymous.placeOrder({ body: { offerId } }), 'notSignedIn');
      const wrong = { offerId, teamName: 'Team', ownerEmail: 'olga at office' };
      await refused(market.agent.placeOrder({ body: wrong }), 'invalidRequest');
      await refused(market.agent.placeOrder({ body: { offerId, teamName: 'x'.repeat(81) } }), 'invalidRequest');

      const order = await market.agent.placeOrder({ body: { offerId } });
      await refused(market.agent.placeOrder({ body: { offerId } }), 'offerAlreadyOrdered');
      assert.equal((await market.agent.getOffer({ offerId })).orderId, order.id);
    });

    it('is seen by its partner and by staff alone', async () => {
      const order = await pending(await makeCustomer(market.agent));
      const stranger = await app.as('stranger@office.example');
      assert.equal((await market.staff.getOrder({ orderId: order.id })).id, order.id);
      await refused(market.otherAgent.getOrder({ orderId: order.id }), 'notFound');
      await refused(stranger.getOrder({ orderId: order.id }), 'notFound');
      await refused(market.agent.getOrder({ orderId: UNKNOWN_ORDER }), 'notFound');
      await refused(stranger.listOrders(), 'forbidden');
      const theirs = await market.otherAgent.listOrders();
      assert.equal(
        theirs.items.some(({ id }) => id === order.id),
        false,
      );
      const { items } = await market.agent.listOrders({ query: { state: 'pending', customerId: order.customerId } });
      assert.deepEqual(
        items.map(({ id }) => id),
        [order.id],
      );
    });
  });

  describe('that waits for its team', () => {
    it('is completed by the agent with a team that was chosen or named', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const [one, other] = [await pending(customer), await pending(customer)];
      await market.agent.completeOrder({ orderId: one.id, body: { teamId } });
      const named = { teamName: 'team north', ownerEmail: OWNER };
      await market.agent.completeOrder({ orderId: other.id, body: named });
      for (const { id } of [one, other]) assert.equal((await settledOrder(id)).state, 'completed');
      await refused(market.agent.completeOrder({ orderId: one.id, body: { teamId } }), 'orderNotPending');
      await refused(market.agent.sendOrderLink({ orderId: one.id }), 'orderNotPending');
    });

    it('goes on waiting where no team or several match', async () => {
      const customer = await makeCustomer(market.agent);
      await teamFor(customer);
      await teamFor(customer);
      const { id: orderId } = await pending(customer);
      const complete = (teamName: string) =>
        market.agent.completeOrder({ orderId, body: { teamName, ownerEmail: OWNER } });
      await refused(complete('Team South'), 'teamNotMatched');
      await refused(complete('Team North'), 'severalTeamsMatched');
      const order = await market.agent.getOrder({ orderId });
      assert.deepEqual([order.state, order.reason, order.teamName], ['pending', 'severalTeamsMatch', 'Team North']);
      await refused(market.agent.completeOrder({ orderId, body: { teamName: 'Team North' } }), 'invalidRequest');
      await refused(market.agent.completeOrder({ orderId, body: {} }), 'invalidRequest');
    });

    it('is completed by nobody who only reads it', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const { id: orderId } = await pending(customer);
      await refused(market.otherAgent.completeOrder({ orderId, body: { teamId } }), 'notFound');
      await refused(market.staff.completeOrder({ orderId, body: { teamId } }), 'forbidden');
      await refused(market.otherAgent.sendOrderLink({ orderId }), 'notFound');
      await refused(market.staff.sendOrderLink({ orderId }), 'forbidden');
      await refused((await app.as('stranger@office.example')).completeOrder({ orderId, body: { teamId } }), 'notFound');
    });

    it('is completed by the customer through its link, once', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const waiting = await pending(customer);
      const { linkId, secret } = await completionLink(customer, waiting);
      const opened = await app.anonymous.openLink({ linkId, body: { secret } });
      assert.ok(opened.kind === 'completeOrder');
      assert.equal(opened.order.id, waiting.id);

      const complete = (teamName: string) =>
        app.anonymous.completeOrderByLink({ linkId, body: { secret, teamName, ownerEmail: OWNER } });
      await refused(complete('Team South'), 'teamNotMatched');
      const order = await complete('Team North');
      assert.equal(order.teamId, teamId);
      assert.equal((await settledOrder(waiting.id)).state, 'completed');
      await refused(complete('Team North'), 'linkUsed');
    });

    it('is completed with a team that the customer has made, and no second one where it exists', async () => {
      const customer = await makeCustomer(market.agent);
      for (const _ of ['made', 'found']) {
        const waiting = await pending(customer);
        const { linkId, secret } = await completionLink(customer, waiting);
        const body = { secret, teamName: 'Fresh Team', ownerEmail: 'fresh@office.example', makeTeam: true };
        await app.anonymous.completeOrderByLink({ linkId, body });
        assert.equal((await settledOrder(waiting.id)).state, 'completed');
      }
      const { teams } = await market.agent.getCustomer({ customerId: customer.id });
      assert.deepEqual(
        teams.map(({ name, ownerEmail, licenceCount }) => [name, ownerEmail, licenceCount]),
        [['Fresh Team', 'fresh@office.example', 6]],
      );
    });

    it('gets a new link that ends the old one', async () => {
      const customer = await makeCustomer(market.agent);
      const order = await pending(customer);
      const first = await completionLink(customer, order);
      app.clock.forward({ seconds: 1 });
      await market.agent.sendOrderLink({ orderId: order.id });
      const second = await completionLink(customer, order);
      await refused(app.anonymous.openLink({ linkId: first.linkId, body: { secret: first.secret } }), 'linkEnded');
      const opened = await app.anonymous.openLink({ linkId: second.linkId, body: { secret: second.secret } });
      assert.equal(opened.kind, 'completeOrder');
    });

    it('goes to a team without customer once its owner says that it belongs there', async () => {
      const customer = await makeCustomer(market.agent);
      const email = 'free.owner@office.example';
      const owner = await app.as(email);
      const team = await owner.makeTeam({ body: { name: 'Free Team' } });
      const order = await pending(customer, { teamName: 'free team', ownerEmail: email });
      assert.deepEqual([order.reason, order.candidates], ['noTeamMatches', []]);

      const { linkId, secret } = linkIn(await newestMail(email));
      const opened = await owner.openLink({ linkId, body: { secret } });
      assert.ok(opened.kind === 'joinCustomer');
      assert.deepEqual([opened.team.id, opened.customerName], [team.id, customer.name]);
      await owner.joinCustomer({ linkId, body: { secret } });
      const completed = await settledOrder(order.id);
      assert.deepEqual([completed.state, completed.teamId], ['completed', team.id]);
      await refused(owner.joinCustomer({ linkId, body: { secret } }), 'linkUsed');
    });
  });

  describe('that cannot be processed', () => {
    /** Lets nothing be added to a team until what it answers is called. */
    const poison = async (teamId: TeamId) => {
      // One more try is enough to see that they are counted.
      await sql`update job.queue set retry_limit = 1 where name = 'order-process'`.execute(app.ground.db);
      await sql`create function spoil() returns trigger language plpgsql as $$ begin raise exception 'spoilt'; end $$`.execute(
        app.ground.db,
      );
      await sql`create trigger spoil before insert on subscription for each row when (new.team_id = ${sql.lit(teamId)})
                execute function spoil()`.execute(app.ground.db);
      return async () => {
        await sql`drop function spoil cascade`.execute(app.ground.db);
        await sql`update job.queue set retry_limit = 7 where name = 'order-process'`.execute(app.ground.db);
      };
    };

    const failedOrder = async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const cure = await poison(teamId);
      const { id: offerId } = await accepted(customer);
      const { id } = await market.agent.placeOrder({ body: { offerId, teamId } });
      return { customer, teamId, order: await endOfTries(id), cure };
    };

    /** Its tries come one after the other, without the waits between them. */
    const endOfTries = async (orderId: OrderId): Promise<Order> => {
      for (const deadline = Date.now() + 20_000; Date.now() < deadline; await delay(50)) {
        const order = await settledOrder(orderId);
        if (order.state !== 'inProgress') return order;
        await sql`with due as (update job.job set start_after = now()
                                where name = 'order-process' and state = 'retry' returning name)
                  select pg_notify('pgboss_' || left(encode(sha224('job'::bytea), 'hex'), 24), name) from due`.execute(
          app.ground.db,
        );
      }
      return market.agent.getOrder({ orderId });
    };

    it('has failed once its tries are over: nothing is half done, and agent and staff are told', async () => {
      const { order, teamId, customer, cure } = await failedOrder();
      assert.equal(order.state, 'failed');
      assert.deepEqual(await subscriptionsOf(teamId), []);
      const tries = sql`select state, retry_count as "retryCount" from job.job where data ->> 'orderId' = ${order.id}`;
      assert.deepEqual((await tries.execute(app.ground.db)).rows, [{ state: 'failed', retryCount: 1 }]);
      for (const email of ['eva.lang@bim-partner-sachsen.example', 'otto@vendor.example']) {
        const told = (await mailsAbout(email, order)).map(({ subject }) => subject);
        assert.deepEqual(told, [`Order ${order.number} could not be processed`], email);
      }
      assert.deepEqual(
        (await mailsAbout(customer.contactEmail, order)).filter(({ subject }) => subject.includes('processed')),
        [],
      );
      const { items } = await market.staff.listOrders({ query: { state: 'failed' } });
      assert.deepEqual(
        items.map(({ id }) => id),
        [order.id],
      );
      await assertChain(app.ground.db, customer.id);

      await cure();
      await market.staff.processOrder({ orderId: order.id });
      assert.equal((await settledOrder(order.id)).state, 'completed');
      assert.deepEqual(
        (await subscriptionsOf(teamId)).map(({ quantity }) => quantity),
        [3],
      );
      await assertChain(app.ground.db, customer.id);
    });

    it('can be refused', async () => {
      const { order, teamId, cure } = await failedOrder();
      await cure();
      await market.staff.refuseOrder({ orderId: order.id, body: { reason: 'No longer sold' } });
      assert.equal((await settledOrder(order.id)).state, 'cancelled');
      assert.deepEqual(await subscriptionsOf(teamId), []);
    });

    it('has not failed where it is done by then', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const { id: offerId } = await accepted(customer);
      const { id } = await market.agent.placeOrder({ body: { offerId, teamId } });
      assert.equal((await settledOrder(id)).state, 'completed');
      await failOrder(app.ground, id, new Error('late'));
      assert.equal((await settledOrder(id)).state, 'completed');
    });
  });

  describe('that is held', () => {
    const held = async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const offer = await makeAccepted(market.agent, {
        customerId: customer.id,
        productId: market.reviewed,
        quantity: 1,
      });
      app.clock.forward({ seconds: 1 });
      return { customer, teamId, order: await market.agent.placeOrder({ body: { offerId: offer.id, teamId } }) };
    };

    it('because its product wants a look is processed when staff say so', async () => {
      const { order, teamId } = await held();
      assert.deepEqual([order.state, order.reason], ['held', 'review']);
      assert.deepEqual(await subscriptionsOf(teamId), []);
      const { items } = await market.staff.listOrders({ query: { state: 'held' } });
      assert.ok(items.some(({ id }) => id === order.id));
      assert.equal((await mailsAbout('eva.lang@bim-partner-sachsen.example', order)).length, 1);

      const released = await market.staff.processOrder({ orderId: order.id });
      assert.deepEqual([released.state, released.reason], ['inProgress', null]);
      assert.equal((await settledOrder(order.id)).state, 'completed');
      await refused(market.staff.processOrder({ orderId: order.id }), 'orderNotHeld');
      await refused(market.staff.refuseOrder({ orderId: order.id, body: { reason: 'Too late' } }), 'orderNotHeld');
    });

    it('may be refused, and customer and agent hear why', async () => {
      const { order, customer, teamId } = await held();
      const refusedOrder = await market.staff.refuseOrder({ orderId: order.id, body: { reason: 'No server there' } });
      assert.deepEqual(
        [refusedOrder.state, refusedOrder.reason, refusedOrder.refusedText],
        ['cancelled', 'refused', 'No server there'],
      );
      for (const email of [customer.contactEmail, 'eva.lang@bim-partner-sachsen.example']) {
        const told = (await mailsAbout(email, order)).filter(({ text }) => text.includes('No server there'));
        assert.equal(told.length, 1, email);
      }
      assert.deepEqual(await subscriptionsOf(teamId), []);
      await refused(market.staff.processOrder({ orderId: order.id }), 'orderNotHeld');
    });

    it('is decided by staff alone', async () => {
      const { order } = await held();
      const body = { reason: 'No' };
      await refused(market.agent.processOrder({ orderId: order.id }), 'forbidden');
      await refused(market.otherAgent.refuseOrder({ orderId: order.id, body }), 'forbidden');
      await refused(app.anonymous.processOrder({ orderId: order.id }), 'notSignedIn');
      await refused(market.staff.processOrder({ orderId: UNKNOWN_ORDER }), 'notFound');
      await refused(
        market.staff.refuseOrder({ orderId: order.id, body: { reason: 'x'.repeat(501) } }),
        'invalidRequest',
      );
    });

    it('asks for a look only once, also where its team was not known then', async () => {
      const customer = await makeCustomer(market.agent);
      const order = await makePending(market.agent, { customerId: customer.id, productId: market.reviewed });
      assert.equal(order.state, 'pending');
      const teamId = await teamFor(customer);
      const named = await market.agent.completeOrder({ orderId: order.id, body: { teamId } });
      assert.deepEqual([named.state, named.reason], ['held', 'review']);
      await market.staff.processOrder({ orderId: order.id });
      assert.equal((await settledOrder(order.id)).state, 'completed');
    });

    /** The "not us" link of the mail about an acceptance on the phone. */
    const disputeLink = async (customer: Customer) => {
      const mails = await app.mailsTo(customer.contactEmail);
      return linkIn(mails.find(({ text }) => text.includes('Connie Contact')));
    };

    it('because the customer says "not us", and staff and agent hear of it', async () => {
      const { customer, order } = await held();
      const waiting = await pending(customer);
      const link = await disputeLink(customer);
      app.clock.forward({ seconds: 1 });
      assert.deepEqual(await app.anonymous.disputeAcceptance({ linkId: link.linkId, body: { secret: link.secret } }), {
        held: true,
      });
      const disputed = [order.id, waiting.id].map((orderId) => market.agent.getOrder({ orderId }));
      const reasons = (await Promise.all(disputed)).map(({ state, reason }) => `${state} ${reason}`);
      assert.equal(reasons.filter((reason) => reason === 'held disputed').length, 1);
      const told = await app.mailsTo('otto@vendor.example');
      assert.equal(told.filter(({ subject }) => subject.includes('on hold')).length, 1);
    });

    it('as soon as it is placed, where the customer said "not us" before', async () => {
      const customer = await makeCustomer(market.agent);
      const { id: offerId } = await accepted(customer);
      const { linkId, secret } = await disputeLink(customer);
      for (const _ of ['said', 'said again']) {
        assert.deepEqual(await app.anonymous.disputeAcceptance({ linkId, body: { secret } }), { held: true });
      }
      const order = await market.agent.placeOrder({ body: { offerId } });
      assert.deepEqual([order.state, order.reason], ['held', 'disputed']);
      const released = await market.staff.processOrder({ orderId: order.id });
      assert.deepEqual([released.state, released.reason], ['pending', 'teamAndOwnerUnknown']);
      const teamId = await teamFor(customer);
      await market.agent.completeOrder({ orderId: order.id, body: { teamId } });
      assert.equal((await settledOrder(order.id)).state, 'completed');
    });

    it('no more once it is completed: "not us" comes too late', async () => {
      const customer = await makeCustomer(market.agent);
      const teamId = await teamFor(customer);
      const offer = await accepted(customer);
      const order = await market.agent.placeOrder({ body: { offerId: offer.id, teamId } });
      await app.settled();
      const { linkId, secret } = await disputeLink(customer);
      assert.deepEqual(await app.anonymous.disputeAcceptance({ linkId, body: { secret } }), { held: false });
      assert.equal((await settledOrder(order.id)).state, 'completed');
    });
  });

  it("may be read and completed by an owner of the customer's, and by no plain member", async () => {
    const customer = await makeCustomer(market.agent);
    const email = 'owner.of.customer@office.example';
    const teamId = await teamFor(customer, 'Owned', email);
    const { linkId, secret } = linkIn(await newestMail(email));
    const owner = await app.as(email);
    await owner.claimTeam({ linkId, body: { secret } });
    const order = await pending(customer);
    assert.deepEqual(
      (await owner.listOrders()).items.map(({ id }) => id),
      [order.id],
    );
    await refused(owner.sendOrderLink({ orderId: order.id }), 'forbidden');
    await refused(owner.processOrder({ orderId: order.id }), 'forbidden');
    await owner.completeOrder({ orderId: order.id, body: { teamId } });
    assert.equal((await settledOrder(order.id)).state, 'completed');
  });

  it('leaves an event for each step, in ids alone', async () => {
    const customer = await makeCustomer(market.agent, { name: 'Very Private Office' });
    const { id: orderId } = await pending(customer, { teamName: 'Private Team', ownerEmail: 'private@office.example' });
    const teamId = await teamFor(customer, 'Private Team', 'private@office.example');
    await market.agent.completeOrder({ orderId, body: { teamId } });
    await app.settled();
    const events = await app.ground.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('streamId', '=', customer.id)
      .orderBy('number')
      .execute();
    assert.deepEqual(events.map(({ kind }) => kind).slice(3), [
      'orderPlaced',
      'orderPending',
      'orderTeamNamed',
      'orderCompleted',
    ]);
    assert.doesNotMatch(JSON.stringify(events), /private|@/i);
  });
});
