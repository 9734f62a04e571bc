import type { Client } from '../../contract/client.ts';
import type { Customer } from '../../contract/customer.ts';
import type { Offer } from '../../contract/offer.ts';
import type { LinkId, OrderId, TeamId } from '../../domain/id.ts';
import type { Chance } from '../chance.ts';
import type { Caller } from './caller.ts';
import type { Ledger, LedgerOrder } from './ledger.ts';

/** The link that a mail brought, as its reader has it. */
export interface MailedLink {
  readonly linkId: LinkId;
  readonly secret: string;
}

/** What a sale on the phone takes. */
export interface PhoneLoad {
  readonly caller: Caller;
  readonly ledger: Ledger;
  readonly agent: Client;
  readonly agentEmail: string;
  readonly customer: Customer;
  readonly team: { readonly teamId: TeamId; readonly ownerEmail: string };
}

export interface SaleLoad extends PhoneLoad {
  readonly chance: Chance;
  readonly anybody: Client;
  /**
   * Waits for the mail that leads to a thing; undefined where it has not come by the time that its reader gives up.
   *
   * Then the offer or order stays as it is: the mail is owed all the same.
   */
  linkTo(kind: 'offer' | 'completeOrder', subjectId: string): Promise<MailedLink | undefined>;
}

/**
 * Sells once: an offer, its acceptance on the phone or by the mailed link, and the order, for a team that is known or for one
 * that the customer names by the link that it is mailed.
 */
export async function sellOnce(load: SaleLoad): Promise<void> {
  const { chance } = load;
  const offer = await makeOffer(load, chance.below(3) + 1);
  const accepted = chance.happens(0.3) ? await acceptByMail(load, offer) : await acceptByPhone(load, offer);
  if (!accepted) return;
  if (chance.happens(0.3)) await orderForNewTeam(load, offer);
  else await orderForTeam(load, offer);
}

/** Sells once on the phone, for the team that is known. */
export async function sellByPhone(load: PhoneLoad): Promise<OrderId> {
  const offer = await makeOffer(load, 1);
  await acceptByPhone(load, offer);
  return orderForTeam(load, offer);
}

async function makeOffer({ caller, ledger, agent, customer }: PhoneLoad, quantity: number): Promise<Offer> {
  const lines = [{ productId: ledger.productId, quantity, termMonths: 12 }];
  const offer = await caller.untilAnswered((idempotencyKey) =>
    agent.makeOffer({ body: { customerId: customer.id, lines }, idempotencyKey }),
  );
  ledger.offers.set(offer.id, { customerId: customer.id, quantity, contactEmail: offer.contactEmail });
  return offer;
}

async function acceptByPhone({ caller, ledger, agent }: PhoneLoad, { id, version }: Offer): Promise<boolean> {
  await caller.untilAnswered((idempotencyKey) =>
    agent.acceptOfferByPhone({ offerId: id, ifMatch: version, body: { acceptedBy: 'Connie' }, idempotencyKey }),
  );
  const noted = ledger.offers.get(id);
  if (noted) noted.acceptedBy = 'phone';
  return true;
}

async function acceptByMail(load: SaleLoad, { id, version }: Offer): Promise<boolean> {
  const { caller, ledger, agent, anybody } = load;
  const sent = await caller.untilAnswered((idempotencyKey) =>
    agent.sendOffer({ offerId: id, ifMatch: version, idempotencyKey }),
  );
  const noted = ledger.offers.get(id);
  if (noted) noted.sent = true;
  const link = await load.linkTo('offer', id);
  if (!link) return false;
  const { linkId, secret } = link;
  await caller.untilAnswered((idempotencyKey) =>
    anybody.acceptOffer({ linkId, ifMatch: sent.version, body: { secret, acceptedBy: 'Connie' }, idempotencyKey }),
  );
  if (noted) noted.acceptedBy = 'link';
  return true;
}

async function orderForTeam(load: PhoneLoad, offer: Offer): Promise<OrderId> {
  const { caller, ledger, agent, agentEmail, team } = load;
  const order = await caller.untilAnswered((idempotencyKey) =>
    agent.placeOrder({ body: { offerId: offer.id, teamId: team.teamId }, idempotencyKey }),
  );
  const told = [...new Set([team.ownerEmail, offer.contactEmail, agentEmail])];
  ledger.orders.set(order.id, { ...factsOf(load, offer), waited: false, completion: { told } });
  return order.id;
}

/** The agent knows no team; the customer has one made, by the link that it gets. */
async function orderForNewTeam(load: SaleLoad, offer: Offer): Promise<void> {
  const { caller, ledger, agent, agentEmail, anybody, chance } = load;
  const order = await caller.untilAnswered((idempotencyKey) =>
    agent.placeOrder({ body: { offerId: offer.id }, idempotencyKey }),
  );
  // It was placed, whether or not the mail comes by which it is completed.
  const noted: LedgerOrder = { ...factsOf(load, offer), waited: true, completion: undefined };
  ledger.orders.set(order.id, noted);
  const ownerEmail = `owner-${chance.below(1e9)}@office.example`;
  const madeTeam = `Team ${order.number}`;
  const link = await load.linkTo('completeOrder', order.id);
  if (!link) return;
  const { linkId, secret } = link;
  await caller.untilAnswered((idempotencyKey) =>
    anybody.completeOrderByLink({
      linkId,
      body: { secret, teamName: madeTeam, ownerEmail, makeTeam: true },
      idempotencyKey,
    }),
  );
  noted.completion = { told: [...new Set([ownerEmail, offer.contactEmail, agentEmail])], madeTeam };
}

const factsOf = ({ ledger, customer }: PhoneLoad, { id }: Offer) => ({
  offerId: id,
  customerId: customer.id,
  quantity: ledger.offers.get(id)?.quantity ?? 0,
});
