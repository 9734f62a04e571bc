import type { RecordedEvent } from './recorded-event.ts';
import { textIn } from './recorded-event.ts';

/** A customer's offers and orders as they follow from its events. */
export interface SaleState {
  readonly id: string;
  added: boolean;
  readonly offers: Map<string, { state: string; version: number; disputed: boolean }>;
  readonly orders: Map<string, { offerId: string; state: string; teamId: string | null; subscriptionIds: string[] }>;
  /** Notices that the record says were queued. */
  readonly noticeIds: Set<string>;
}

export function emptySale(id: string): SaleState {
  return { id, added: false, offers: new Map(), orders: new Map(), noticeIds: new Set() };
}

interface Selling {
  readonly sale: SaleState;
  readonly event: RecordedEvent;
  text(name: string): string;
  fault(rule: number, what: string): void;
}

type Step = (selling: Selling) => void;

/** Takes one event into a customer's state, and answers what it contradicts. */
export function replaySale(sale: SaleState, event: RecordedEvent): string[] {
  const faults: string[] = [];
  const step = steps[event.kind];
  const fault = (rule: number, what: string) =>
    void faults.push(`rule ${rule}: ${sale.id} event ${event.number} (${event.kind}): ${what}`);
  if (!sale.added && event.kind !== 'customerAdded') fault(11, 'comes before the customer was added');
  if (step) step({ sale, event, fault, text: (name) => textIn(event, name) });
  else fault(11, 'is of no kind that belongs to a customer');
  return faults;
}

const offerIn = ({ sale, text, fault }: Selling) => {
  const offer = sale.offers.get(text('offerId'));
  if (!offer) fault(11, `${text('offerId')} was never made`);
  return offer;
};

const orderIn = ({ sale, text, fault }: Selling) => {
  const order = sale.orders.get(text('orderId'));
  if (!order) fault(11, `${text('orderId')} was never placed`);
  return order;
};

/** An offer goes from one of these states into another. */
const offerGoes =
  (to: string, ...from: string[]): Step =>
  (selling) => {
    const offer = offerIn(selling);
    if (offer && !from.includes(offer.state)) selling.fault(6, `the offer was ${offer.state}`);
    if (offer) offer.state = to;
  };

const orderGoes =
  (to: string, ...from: string[]): Step =>
  (selling) => {
    const order = orderIn(selling);
    if (order && !from.includes(order.state)) selling.fault(6, `the order was ${order.state}`);
    if (order) order.state = to;
  };

const open = ['inProgress', 'pending'];

const steps: Readonly<Record<string, Step>> = {
  customerAdded({ sale, text, fault }) {
    if (sale.added || text('customerId') !== sale.id) fault(11, 'the customer was added before, or is another one');
    sale.added = true;
  },
  customerChanged() {},
  offerMade({ sale, event, text, fault }) {
    if (sale.offers.has(text('offerId'))) fault(6, 'the offer was made before');
    sale.offers.set(text('offerId'), { state: 'inProgress', version: Number(event.data.version), disputed: false });
  },
  offerChanged(selling) {
    offerGoes('inProgress', ...open)(selling);
    const offer = offerIn(selling);
    if (offer && selling.event.data.version !== offer.version + 1)
      selling.fault(11, `followed version ${offer.version}`);
    if (offer) offer.version += 1;
  },
  offerSent(selling) {
    offerGoes('pending', ...open)(selling);
    selling.sale.noticeIds.add(selling.text('noticeId'));
  },
  offerAccepted: offerGoes('accepted', ...open),
  offerRejected: offerGoes('rejected', ...open),
  offerCancelled: offerGoes('cancelled', ...open),
  offerDisputed(selling) {
    const offer = offerIn(selling);
    if (offer) offer.disputed = true;
  },
  orderPlaced(selling) {
    const { sale, text, fault } = selling;
    const offerId = text('offerId');
    if (offerIn(selling)?.state !== 'accepted') fault(6, 'the offer was not accepted');
    for (const [orderId, other] of sale.orders) if (other.offerId === offerId) fault(6, `was ordered as ${orderId}`);
    sale.orders.set(text('orderId'), { offerId, state: 'inProgress', teamId: null, subscriptionIds: [] });
  },
  orderPending: orderGoes('pending', 'inProgress', 'pending'),
  orderHeld: orderGoes('held', 'inProgress', 'pending', 'held', 'failed'),
  orderTeamNamed(selling) {
    const order = orderIn(selling);
    if (order?.state === 'pending') order.state = 'inProgress';
  },
  orderReleased: orderGoes('inProgress', 'held', 'failed'),
  orderRefused: orderGoes('cancelled', 'held', 'failed'),
  orderCancelled: orderGoes('cancelled', 'pending', 'held', 'failed'),
  orderFailed: orderGoes('failed', 'inProgress'),
  orderCompleted(selling) {
    orderGoes('completed', 'inProgress')(selling);
    const order = orderIn(selling);
    const { subscriptionIds } = selling.event.data;
    if (order) order.teamId = selling.text('teamId');
    if (order && Array.isArray(subscriptionIds)) order.subscriptionIds = subscriptionIds.map(String);
  },
  noticeSentAgain({ sale, text }) {
    sale.noticeIds.add(text('noticeId')).add(text('before'));
  },
};
