import type { Client } from '../contract/client.ts';
import type { CustomerId, OrderId, ProductId, TeamId } from '../domain/id.ts';
import { DEMO_CUSTOMER_NUMBER } from '../server/demo/people.ts';

/** The demo's one customer that has a team, and what is sold to it. */
export interface DemoOffice {
  readonly customerId: CustomerId;
  readonly teamId: TeamId;
  readonly productId: ProductId;
}

/** Finds the demo's office as its agent does. */
export async function findDemoOffice(agent: Client): Promise<DemoOffice> {
  const { items } = await agent.listCustomers({ query: { search: DEMO_CUSTOMER_NUMBER } });
  const customerId = required(items[0]?.id, 'customer');
  const { teams } = await agent.getCustomer({ customerId });
  const { products } = await agent.getPriceList();
  const product = products.find(({ key }) => key === 'share');
  return { customerId, teamId: required(teams[0]?.id, 'team'), productId: required(product?.id, 'product') };
}

/** Sells licences to the office, accepted on the phone; the order is placed, and done some moments later. */
export async function orderLicences(
  agent: Client,
  { customerId, teamId, productId }: DemoOffice,
  quantity: number,
): Promise<OrderId> {
  const lines = [{ productId, quantity, termMonths: 12 }];
  const { id: offerId, version } = await agent.makeOffer({ body: { customerId, lines } });
  await agent.acceptOfferByPhone({ offerId, ifMatch: version, body: { acceptedBy: 'Anna' } });
  return (await agent.placeOrder({ body: { offerId, teamId } })).id;
}

/** What the demo must have. @throws Error where it has not. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo has no such ${what}`);
  return value;
}
