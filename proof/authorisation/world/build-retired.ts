import type { EmailAddress } from '../../../domain/email-address.ts';
import type { SignedIn, TestApp } from '../../../server/tests/harness/app.ts';
import { makeCustomer } from '../../../server/tests/harness/sale-builder.ts';

/** The agent of a partner that is no longer one; it had a customer with a team. */
export async function buildRetired(app: TestApp): Promise<SignedIn> {
  const { db, newId } = app.ground;
  const partnerId = newId('par');
  const email = 'agent@retired.example';
  const partner = { id: partnerId, key: 'retired', name: 'Partner retired', currency: 'EUR' } as const;
  await db
    .insertInto('partner')
    .values({ ...partner, discountLimitBasisPoints: 1000 })
    .execute();
  // Written in its one form.
  await db
    .insertInto('agent')
    .values({ email: email as EmailAddress, partnerId })
    .execute();
  const agent = await app.as({ email, name: 'Agent retired' });
  const { id: customerId } = await makeCustomer(agent, { name: 'Office retired' });
  await agent.makeTeam({ body: { customerId, name: 'Team retired', ownerEmail: 'owner@retired.example' } });
  await db.updateTable('partner').set({ retired: true }).where('id', '=', partnerId).execute();
  return agent;
}
