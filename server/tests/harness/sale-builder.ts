import assert from 'node:assert/strict';
import type { Customer } from '../../../contract/customer.ts';
import type { Offer } from '../../../contract/offer.ts';
import type { Order } from '../../../contract/order.ts';
import type { CustomerId, ProductId } from '../../../domain/id.ts';
import { syncCatalogue } from '../../features/catalogue/catalogue-sync.service.ts';
import { readDeploymentFile } from '../../features/catalogue/deployment-file.ts';
import type { SignedIn, TestApp } from './app.ts';

/** Everybody who sells, with what there is to sell: the demo's catalogue. */
export interface Market {
  /** Agent of the partner that sells in euros, at most 15 % off. */
  readonly agent: SignedIn;
  /** Agent of another partner, which sells in crowns. */
  readonly otherAgent: SignedIn;
  readonly staff: SignedIn;
  /** Licences at 360.00 EUR a year, with 10 GiB each. */
  readonly share: ProductId;
  /** Units of 100 GiB at 120.00 EUR a year. */
  readonly storage: ProductId;
  /** Licences that the back office looks at first, one year only. */
  readonly reviewed: ProductId;
}

export async function openMarket(app: TestApp): Promise<Market> {
  await syncCatalogue(app.ground, await readDeploymentFile());
  const agent = await app.as({ email: 'eva.lang@bim-partner-sachsen.example', name: 'Eva Lang' });
  const { products } = await agent.getPriceList();
  const idOf = (key: string): ProductId => {
    const product = products.find((one) => one.key === key);
    assert.ok(product, `the demo sells ${key}`);
    return product.id;
  };
  return {
    agent,
    otherAgent: await app.as({ email: 'petr.novak@cad-studio-praha.example', name: 'Petr Novák' }),
    staff: await app.as({ email: 'otto@vendor.example', name: 'Otto Brandt' }),
    share: idOf('share'),
    storage: idOf('storage'),
    reviewed: idOf('exchange-server'),
  };
}

let serial = 0;

/** A customer of the agent, asked for and confirmed at once, as a demo does. */
export async function makeCustomer(
  agent: SignedIn,
  { name = 'Office', coreLicences = 12 }: { name?: string; coreLicences?: number } = {},
): Promise<Customer> {
  serial += 1;
  const customerNumber = String(700_000 + serial);
  await agent.requestCustomer({
    body: {
      customerNumber,
      name,
      country: 'DE',
      language: 'en',
      coreLicences,
      contactName: 'Connie Contact',
      contactEmail: contactOf(customerNumber),
    },
  });
  const { items } = await agent.listCustomers({ query: { search: customerNumber } });
  assert.ok(items[0]);
  return items[0];
}

/** The mailbox of a customer's contact. */
export function contactOf(customerNumber: string): string {
  return `contact${customerNumber}@office.example`;
}

export interface Wanted {
  readonly customerId: CustomerId;
  readonly productId: ProductId;
  readonly quantity?: number;
}

export function makeOffer(agent: SignedIn, { customerId, productId, quantity = 3 }: Wanted): Promise<Offer> {
  return agent.makeOffer({ body: { customerId, lines: [{ productId, quantity, termMonths: 12 }] } });
}

/** An offer that somebody accepted on the phone. */
export async function makeAccepted(agent: SignedIn, wanted: Wanted): Promise<Offer> {
  const { id, version } = await makeOffer(agent, wanted);
  return agent.acceptOfferByPhone({ offerId: id, ifMatch: version, body: { acceptedBy: 'Connie Contact' } });
}

/** An order that waits for its team, whose name the agent has perhaps got wrong. */
export async function makePending(
  agent: SignedIn,
  wanted: Wanted & { teamName?: string; ownerEmail?: string },
): Promise<Order> {
  const { id } = await makeAccepted(agent, wanted);
  const { teamName, ownerEmail } = wanted;
  return agent.placeOrder({ body: { offerId: id, ...(teamName && { teamName }), ...(ownerEmail && { ownerEmail }) } });
}
