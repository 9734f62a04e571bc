import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeAccepted, makeCustomer, makePending, openMarket } from '../harness/sale-builder.ts';
import { addMember } from '../harness/team-builder.ts';

describe('why somebody cannot work, while an order is under way', () => {
  let app: TestApp;
  let market: Market;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
  });
  after(() => app.close());

  /** A customer's team that its owner has confirmed, with a member and no licences yet. */
  async function arrange() {
    serial += 1;
    const customer = await makeCustomer(market.agent);
    const owner = await app.as(`chief${serial}@office.example`);
    const made = await owner.makeTeam({ body: { name: `Office ${serial}` } });
    await app.ground.db.updateTable('team').set({ customerId: customer.id }).where('id', '=', made.id).execute();
    const team = { teamId: made.id, owner, ownerMemberId: made.owner.memberId };
    const { person, memberId } = await addMember(app, team, `draughtsman${serial}@office.example`);
    return { customer, team, teamId: made.id, owner, person, memberId };
  }

  const orderOf = async (
    who: Awaited<ReturnType<TestApp['as']>>,
    { teamId, product }: { teamId: Awaited<ReturnType<typeof arrange>>['teamId']; product: string },
  ) => {
    const { checks, remedy } = await who.explainMine({ query: { teamId, productId: product } });
    return { order: checks.find(({ check }) => check === 'order'), remedy };
  };

  it('an order that the vendor looks at first: everybody in the team knows what it waits for, its number only who may read it', async () => {
    const { customer, teamId, owner, person } = await arrange();
    const offer = await makeAccepted(market.agent, { customerId: customer.id, productId: market.reviewed });
    const { number } = await market.agent.placeOrder({ body: { offerId: offer.id, teamId } });
    const asked = { teamId, product: 'exchange-server' };
    const seen = await orderOf(person, asked);
    assert.deepEqual(seen.order, { check: 'order', state: 'problem', code: 'review', data: {} });
    assert.deepEqual(seen.remedy, { code: 'waitForVendor', data: { by: 'vendor' } });
    assert.deepEqual((await orderOf(owner, asked)).order?.data, { orderNumber: number });
  });

  it('an order that could not be processed waits for the vendor as well', async () => {
    const { customer, teamId, person } = await arrange();
    const offer = await makeAccepted(market.agent, { customerId: customer.id, productId: market.reviewed });
    const { id } = await market.agent.placeOrder({ body: { offerId: offer.id, teamId } });
    await app.ground.db.updateTable('order').set({ state: 'failed', reason: null }).where('id', '=', id).execute();
    const seen = await orderOf(person, { teamId, product: 'exchange-server' });
    assert.deepEqual(seen.order, { check: 'order', state: 'problem', code: 'review', data: {} });
    assert.deepEqual(seen.remedy, { code: 'waitForVendor', data: { by: 'vendor' } });
  });

  it('an order that names no team yet: the owner can complete it, a member is not told', async () => {
    const { customer, teamId, owner, person } = await arrange();
    await makePending(market.agent, { customerId: customer.id, productId: market.share });
    const asked = { teamId, product: 'share' };
    const seen = await orderOf(owner, asked);
    assert.deepEqual([seen.order?.code, seen.remedy], ['pending', { code: 'completeOrder', data: { by: 'you' } }]);
    const member = await orderOf(person, asked);
    assert.deepEqual([member.order?.code, member.remedy?.code], ['none', 'orderLicences']);
  });

  it('an order for another team, another product or another customer says nothing here', async () => {
    const { customer, teamId, owner } = await arrange();
    const other = await arrange();
    await makePending(market.agent, {
      customerId: customer.id,
      productId: market.share,
      teamName: 'Quite another team',
      ownerEmail: `chief${serial - 1}@office.example`,
    });
    await makePending(market.agent, { customerId: other.customer.id, productId: market.share });
    await makePending(market.agent, { customerId: customer.id, productId: market.storage });
    assert.equal((await orderOf(owner, { teamId, product: 'share' })).order?.code, 'none');
  });

  it('an order that is done says nothing any more', async () => {
    const { customer, teamId, person } = await arrange();
    const offer = await makeAccepted(market.agent, { customerId: customer.id, productId: market.share });
    await market.agent.placeOrder({ body: { offerId: offer.id, teamId } });
    await app.settled();
    const seen = await orderOf(person, { teamId, product: 'share' });
    assert.deepEqual([seen.order?.code, seen.remedy?.code], ['none', 'giveLicence']);
  });

  it('vendor staff read it, and the receipts, about any member; the customer’s agent about none', async () => {
    const { teamId, memberId } = await arrange();
    const query = { productId: 'share' };
    const why = await market.staff.explainMember({ teamId, memberId, query });
    assert.equal(why.remedy?.data.by, 'owner');
    await refused(market.agent.explainMember({ teamId, memberId, query }), 'forbidden');
    await refused(market.otherAgent.explainMember({ teamId, memberId, query }), 'notFound');
    assert.deepEqual(await market.staff.listReceipts({ teamId }), { items: [] });
    await refused(market.agent.listReceipts({ teamId }), 'forbidden');
  });
});
