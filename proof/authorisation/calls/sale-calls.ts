import type { CaseName } from '../table/expectations.ts';
import type { Place } from '../world/place.ts';
import { officeOf } from '../world/place.ts';
import type { World } from '../world/world.ts';
import type { Call, MakeCall } from './call.ts';
import type { OfferInHand } from './subjects.ts';
import { acceptedOffer, heldOrder, newOffer, pendingOrder, sentOffer } from './subjects.ts';

const asRead = ({ id, version }: OfferInHand): Call => ({ params: { offerId: id }, ifMatch: version });
const ofCustomer = (_: World, place: Place): Call => ({ query: { customerId: officeOf(place).customerId } });

/** Calls about customers, offers and orders. */
export const saleCalls = {
  getPriceList: () => ({}),
  getCatalogue: () => ({}),
  listCustomers: (_, place) => ({ query: { after: officeOf(place).customerId } }),
  getCustomer: (_, place) => ({ params: { customerId: officeOf(place).customerId } }),
  requestCustomer: ({ next }) => ({
    body: {
      ...{ customerNumber: String(9_000_000 + next()), name: 'Newcomer', country: 'DE', language: 'en' },
      ...{ coreLicences: 3, contactName: 'Nora Newcomer', contactEmail: 'nora@newcomer.example' },
    },
  }),
  listCustomerRequests: () => ({}),
  confirmCustomerRequest: async (world, place) => ({ params: { requestId: await waitingRequest(world, place) } }),
  declineCustomerRequest: async (world, place) => ({ params: { requestId: await waitingRequest(world, place) } }),
  listOffers: ofCustomer,
  getOffer: async (world, place) => ({ params: { offerId: (await sentOffer(world, place)).id } }),
  makeOffer: ({ share }, place) => ({
    body: { customerId: officeOf(place).customerId, lines: [{ productId: share, quantity: 1, termMonths: 12 }] },
  }),
  changeOffer: async (world, place) => ({ ...asRead(await newOffer(world, place)), body: { message: 'As agreed.' } }),
  sendOffer: async (world, place) => asRead(await newOffer(world, place)),
  acceptOfferByPhone: async (world, place) => ({
    ...asRead(await sentOffer(world, place)),
    body: { acceptedBy: 'Connie Contact' },
  }),
  cancelOffer: async (world, place) => asRead(await newOffer(world, place)),
  listOrders: ofCustomer,
  getOrder: async (world, place) => ({ params: { orderId: await pendingOrder(world, place) } }),
  placeOrder: async (world, place) => ({
    body: { offerId: (await acceptedOffer(world, place)).id, teamId: place.teamId },
  }),
  completeOrder: async (world, place) => ({
    params: { orderId: await pendingOrder(world, place) },
    body: { teamId: place.teamId },
  }),
  sendOrderLink: async (world, place) => ({ params: { orderId: await pendingOrder(world, place) } }),
  processOrder: async (world, place) => ({ params: { orderId: await heldOrder(world, place) } }),
  refuseOrder: async (world, place) => ({
    params: { orderId: await heldOrder(world, place) },
    body: { reason: 'Not this time.' },
  }),
} as const satisfies Readonly<Partial<Record<CaseName, MakeCall>>>;

/** A customer that was asked for and that nobody has decided about. */
async function waitingRequest({ app, next }: World, place: Place): Promise<string> {
  const { partnerId, agent, word } = officeOf(place);
  const { db, newId, clock } = app.ground;
  const id = newId('req');
  const contact = { contactName: `Contact ${word}`, contactEmail: `contact@${word}.example` };
  await db
    .insertInto('customerRequest')
    .values({
      ...{ id, customerNumber: String(8_000_000 + next()), name: `Wanted ${word}`, country: 'DE', language: 'en' },
      ...{ coreLicences: 1, ...contact, partnerId, requestedBy: agent.accountId, requestedAt: clock.now() },
      ...{ state: 'waiting', decidedAt: null, decidedBy: null, customerId: null },
    } as never)
    .execute();
  return id;
}
