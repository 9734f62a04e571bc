import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PartnerId } from '../../../domain/id.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeCustomer, makeOffer, openMarket } from '../harness/sale-builder.ts';
import { addMember, makeTeam } from '../harness/team-builder.ts';

describe('what was once one’s own', () => {
  let app: TestApp;
  let market: Market;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
  });
  after(() => app.close());

  const partnerOf = async (key: string): Promise<PartnerId> => {
    const { id } = await app.ground.db
      .selectFrom('partner')
      .select('id')
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    return id;
  };

  it('names nothing in the record of a team that somebody has left, though what it did there stays', async () => {
    const team = await makeTeam(app, 'owner@left.example', 'Before');
    const { teamId, owner } = team;
    const { memberId, person } = await addMember(app, team, 'ada@left.example', { role: 'administrator' });
    await person.inviteMembers({ teamId, body: { people: [{ email: 'ina@left.example', name: 'Ina' }] } });
    await owner.removeMember({ teamId, memberId });
    await owner.renameTeam({ teamId, body: { name: 'Afterwards' }, ifMatch: 1 });

    const { items } = await person.listRecord({ query: { streamId: teamId } });
    assert.deepEqual(
      items.map(({ kind, names }) => [kind, Object.values(names)]),
      [['memberInvited', ['ada@left.example']]],
    );
  });

  it('is no longer shown to the agents of a partner that was retired', async () => {
    const customer = await makeCustomer(market.otherAgent, { name: 'Moravia' });
    const body = { customerId: customer.id, name: 'Moravia', ownerEmail: 'owner@moravia.example' };
    const { id: teamId } = await market.otherAgent.makeTeam({ body });
    const retire = (retired: boolean) =>
      app.ground.db.updateTable('partner').set({ retired }).where('key', '=', 'cad-studio-praha').execute();
    await retire(true);

    await refused(market.otherAgent.getTeam({ teamId }), 'notFound');
    await refused(market.otherAgent.makeTeam({ body }), 'notFound');
    await refused(market.otherAgent.getCustomer({ customerId: customer.id }), 'notFound');
    const { items } = await market.otherAgent.listRecord({ query: { streamId: customer.id } });
    assert.deepEqual([...new Set(items.map(({ actor }) => actor.id))], [market.otherAgent.accountId]);
    await retire(false);
  });

  it('of another partner stays its own when a customer comes to a new one', async () => {
    const customer = await makeCustomer(market.agent, { name: 'Moving' });
    const offer = await makeOffer(market.agent, { customerId: customer.id, productId: market.share });
    await app.ground.db
      .updateTable('customer')
      .set({ partnerId: await partnerOf('cad-studio-praha') })
      .where('id', '=', customer.id)
      .execute();

    await refused(market.otherAgent.getOffer({ offerId: offer.id }), 'notFound');
    const { items } = await market.otherAgent.listRecord({ query: { streamId: customer.id } });
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['customerAdded'],
    );
    await refused(market.agent.getCustomer({ customerId: customer.id }), 'notFound');
  });
});
