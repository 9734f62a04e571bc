import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../../contract/customer.ts';
import type { Offer } from '../../../contract/offer.ts';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeCustomer, makeOffer, openMarket } from '../harness/sale-builder.ts';
import { addMember, makeTeam } from '../harness/team-builder.ts';

const NEVER = 'off_01h455vb4pex5vsknk084sn02q';

describe('what is not one’s own is told by nothing beside the answer', () => {
  let app: TestApp;
  let market: Market;
  let customer: Customer;
  let offer: Offer;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
    customer = await makeCustomer(market.agent);
    offer = await makeOffer(market.agent, { customerId: customer.id, productId: market.share });
  });
  after(() => app.close());

  /** All that comes back of a try to withdraw an offer. */
  async function cancelling({ cookie }: SignedIn, offerId: string, ifMatch: string | undefined) {
    const headers = { cookie, 'idempotency-key': crypto.randomUUID(), ...(ifMatch && { 'if-match': ifMatch }) };
    const answer = await app.request(`/v1/offers/${offerId}/cancel`, { method: 'POST', headers });
    return { status: answer.status, headers: [...answer.headers], body: await answer.text() };
  }

  it('nor by the version that a change is based on, right, wrong, missing or none at all', async () => {
    for (const ifMatch of [`"${offer.version}"`, '"9"', '"x"', undefined]) {
      const foreign = await cancelling(market.otherAgent, offer.id, ifMatch);
      assert.deepEqual(foreign, await cancelling(market.otherAgent, NEVER, ifMatch), `with ${ifMatch}`);
    }
  });

  it('nor by a key under which somebody else was answered', async () => {
    const idempotencyKey = crypto.randomUUID();
    const body = { customerId: customer.id, lines: [{ productId: market.share, quantity: 1, termMonths: 12 }] };
    const made = await market.agent.makeOffer({ body, idempotencyKey });
    await refused(market.otherAgent.makeOffer({ body, idempotencyKey }), 'notFound');
    assert.equal((await market.agent.makeOffer({ body, idempotencyKey })).id, made.id);
  });

  it('and a refusal is kept under no key: who is allowed later is answered anew', async () => {
    const team = await makeTeam(app, 'owner@keys.example');
    const { teamId, owner } = team;
    const { memberId, person } = await addMember(app, team, 'mia@keys.example');
    const call = { teamId, body: { people: [{ email: 'ina@keys.example' }] }, idempotencyKey: crypto.randomUUID() };
    await refused(person.inviteMembers(call), 'forbidden');
    await owner.changeMember({ teamId, memberId, body: { role: 'administrator' } });
    assert.equal((await person.inviteMembers(call)).results[0]?.outcome, 'invited');
  });
});
