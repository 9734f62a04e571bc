import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OfferId, OrderId, TeamId } from '../../../domain/id.ts';
import { provisionOrder, requeueStuckOrders } from '../../features/order/order-processing.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import { outcomes } from '../harness/outcomes.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeAccepted, makeCustomer, openMarket } from '../harness/sale-builder.ts';

const OWNER = 'owner@race.example';

describe('races for orders', () => {
  let app: TestApp;
  let market: Market;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
  });
  after(() => app.close());

  async function arrange(productId = market.share) {
    const customer = await makeCustomer(market.agent);
    const body = { name: 'Team', customerId: customer.id, ownerEmail: OWNER };
    const team = await market.agent.makeTeam({ body });
    const offer = await makeAccepted(market.agent, { customerId: customer.id, productId, quantity: 5 });
    return { customerId: customer.id, teamId: team.id, offerId: offer.id };
  }

  const licencesOf = async (teamId: TeamId) =>
    (await app.ground.db.selectFrom('licence').select('id').where('teamId', '=', teamId).execute()).length;

  const noticesOf = (orderId: OrderId) =>
    app.ground.db
      .selectFrom('notice')
      .select(['kind', 'recipient'])
      .where('subjectId', '=', orderId)
      .where('kind', '=', 'orderCompleted')
      .execute();

  it('make one order of an offer that is ordered twenty times at once', async () => {
    const { offerId, teamId, customerId } = await arrange();
    const calls = Array.from({ length: 20 }, () => market.agent.placeOrder({ body: { offerId, teamId } }));

    assert.deepEqual(await outcomes(calls), { done: 1, offerAlreadyOrdered: 19 });
    await app.settled();
    assert.equal(await licencesOf(teamId), 5);
    await assertChain(app.ground.db, customerId);
  });

  it('give every repeat of one request the same answer', async () => {
    const { offerId, teamId } = await arrange();
    const call = () => market.agent.placeOrder({ body: { offerId, teamId }, idempotencyKey: `once-${offerId}` });
    const counts = await outcomes(Array.from({ length: 10 }, call));
    assert.equal((counts.done ?? 0) + (counts.idempotencyInProgress ?? 0), 10);

    const [one, other] = [await call(), await call()];
    assert.deepEqual(other, one);
    await app.settled();
    assert.equal(await licencesOf(teamId), 5);
  });

  it('provision once, however often the job is delivered at once', async () => {
    const { offerId, teamId, customerId } = await arrange();
    const order = await market.agent.placeOrder({ body: { offerId, teamId } });
    await Promise.all(Array.from({ length: 8 }, () => provisionOrder(app.ground, order.id)));
    await app.settled();
    await provisionOrder(app.ground, order.id);

    assert.equal(await licencesOf(teamId), 5);
    assert.equal((await noticesOf(order.id)).length, 3);
    await assertChain(app.ground.db, customerId);
    await assertChain(app.ground.db, teamId);
  });

  it('leave nothing of a job that broke off at its last step, and the next one does it whole', async () => {
    const { offerId, teamId } = await arrange();
    const orderId = await loseJob(offerId, teamId);
    // The last thing that processing writes is the jobs that hand its notices over.
    const breaking = { ...app.ground, jobs: { queue: () => Promise.reject(new Error('killed')) } };
    await assert.rejects(provisionOrder(breaking, orderId), /killed/);
    assert.equal(await licencesOf(teamId), 0);
    assert.equal((await market.agent.getOrder({ orderId })).state, 'inProgress');

    app.clock.forward({ seconds: 16 * 60 });
    await requeueStuckOrders(app.ground);
    await app.settled();
    assert.equal((await market.agent.getOrder({ orderId })).state, 'completed');
    assert.equal(await licencesOf(teamId), 5);
    assert.equal((await noticesOf(orderId)).length, 3);
  });

  /** An order that is being processed and whose job is lost. */
  async function loseJob(offerId: OfferId, teamId: TeamId): Promise<OrderId> {
    const order = await market.agent.placeOrder({ body: { offerId } });
    await app.ground.db
      .updateTable('order')
      .set({ state: 'inProgress', reason: null, teamId })
      .where('id', '=', order.id)
      .execute();
    return order.id;
  }

  it('release a held order while its offer is ordered again and again, and neither waits for the other for ever', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { offerId, teamId } = await arrange(market.reviewed);
      const { id: orderId } = await market.agent.placeOrder({ body: { offerId, teamId } });
      const again = Array.from({ length: 6 }, () => market.agent.placeOrder({ body: { offerId, teamId } }));
      const [released, counts] = await Promise.all([market.staff.processOrder({ orderId }), outcomes(again)]);

      assert.equal(released.state, 'inProgress');
      assert.deepEqual(counts, { offerAlreadyOrdered: 6 });
    }
  });

  it('hold or complete an order that is disputed while it is processed, never half of each', async () => {
    const { offerId, teamId } = await arrange();
    const order = await market.agent.placeOrder({ body: { offerId, teamId } });
    const mails = await app.mailsTo((await market.agent.getOffer({ offerId })).contactEmail);
    const link = mails.find(({ text }) => text.includes('Connie Contact'))?.link;
    assert.ok(link);
    const [{ held }] = await Promise.all([
      // A link's id comes out of the mail as text.
      app.anonymous.disputeAcceptance({ linkId: link.linkId as never, body: { secret: link.secret } }),
      provisionOrder(app.ground, order.id),
    ]);
    await app.settled();
    const { state } = await market.agent.getOrder({ orderId: order.id });
    assert.equal(state, held ? 'held' : 'completed');
    assert.equal(await licencesOf(teamId), held ? 0 : 5);
  });
});
