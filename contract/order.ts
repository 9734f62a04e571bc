import { z } from 'zod';
import { customerTeam } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { calendarDate, emailAddress, emailText, id, moment, page, pageQuery, words } from './shape.ts';

export const orderState = z.enum(['acknowledged', 'pending', 'held', 'inProgress', 'completed', 'failed', 'cancelled']);
/** Why an order waits: it has no team yet, its team was not found, or the vendor or the customer wants a look. */
export const orderReason = z.enum([
  'teamAndOwnerUnknown',
  'teamNameUnknown',
  'ownerUnknown',
  'noTeamMatches',
  'severalTeamsMatch',
  'review',
  'disputed',
  'refused',
]);

export const orderItem = z
  .object({
    id: id('item'),
    productId: id('prod'),
    productName: z.string(),
    action: z.enum(['add', 'modify', 'delete']),
    quantity: z.int(),
    termMonths: z.int(),
    state: orderState,
    subscriptionId: id('sub').nullable(),
    startsOn: calendarDate.nullable(),
    endsOn: calendarDate.nullable(),
  })
  .meta({ id: 'OrderItem' });

export const order = z
  .object({
    id: id('ord'),
    number: z.string(),
    state: orderState,
    reason: orderReason.nullable(),
    /** What vendor staff wrote when they refused it. */
    refusedText: z.string().nullable(),
    offerId: id('off'),
    offerNumber: z.string(),
    customerId: id('cus'),
    customerNumber: z.string(),
    customerName: z.string(),
    partnerName: z.string(),
    teamId: id('team').nullable(),
    teamName: z.string().nullable(),
    ownerEmail: emailAddress.nullable(),
    items: z.array(orderItem),
    /** Teams of this customer that could be meant; only while the order is pending. */
    candidates: z.array(customerTeam),
    placedAt: moment,
    placedByName: z.string().nullable(),
    completedAt: moment.nullable(),
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof order>;

const orderParams = z.object({ orderId: id('ord') });

export const orderEndpoints = {
  listOrders: endpoint({
    method: 'GET',
    path: '/v1/orders',
    tag: 'Order',
    summary: 'Orders that the caller may see, newest first',
    access: 'session',
    query: pageQuery.extend({ state: orderState.optional(), customerId: id('cus').optional() }),
    response: page(order),
    codes: ['forbidden'],
  }),
  placeOrder: endpoint({
    method: 'POST',
    path: '/v1/orders',
    tag: 'Order',
    summary:
      'Orders an accepted offer for a team, named by its id or by name and owner; without a team the order is pending',
    access: 'session',
    body: z.object({
      offerId: id('off'),
      teamId: id('team').optional(),
      teamName: words(80).optional(),
      ownerEmail: emailText.optional(),
    }),
    status: 201,
    response: order,
    changes: true,
    codes: ['forbidden', 'notFound', 'offerNotAccepted', 'offerAlreadyOrdered', 'invalidRequest'],
  }),
  getOrder: endpoint({
    method: 'GET',
    path: '/v1/orders/{orderId}',
    tag: 'Order',
    summary: 'One order',
    access: 'session',
    params: orderParams,
    response: order,
    codes: ['notFound'],
  }),
  completeOrder: endpoint({
    method: 'POST',
    path: '/v1/orders/{orderId}/complete',
    tag: 'Order',
    summary: 'Names the team of a pending order',
    access: 'session',
    params: orderParams,
    body: z.object({ teamId: id('team').optional(), teamName: words(80).optional(), ownerEmail: emailText.optional() }),
    response: order,
    changes: true,
    codes: ['notFound', 'forbidden', 'orderNotPending', 'teamNotMatched', 'severalTeamsMatched', 'invalidRequest'],
  }),
  sendOrderLink: endpoint({
    method: 'POST',
    path: '/v1/orders/{orderId}/send-link',
    tag: 'Order',
    summary: "Mails the customer's contact a one-time link to complete a pending order; ends the earlier one",
    access: 'session',
    params: orderParams,
    response: order,
    changes: true,
    codes: ['notFound', 'forbidden', 'orderNotPending'],
  }),
  processOrder: endpoint({
    method: 'POST',
    path: '/v1/orders/{orderId}/process',
    tag: 'Order',
    summary: 'Vendor staff release an order that is held, or have one that failed processed again',
    access: 'session',
    params: orderParams,
    response: order,
    changes: true,
    codes: ['notFound', 'forbidden', 'orderNotHeld'],
  }),
  refuseOrder: endpoint({
    method: 'POST',
    path: '/v1/orders/{orderId}/refuse',
    tag: 'Order',
    summary: 'Vendor staff refuse an order that is held or has failed; customer and agent are told',
    access: 'session',
    params: orderParams,
    body: z.object({ reason: words(500) }),
    response: order,
    changes: true,
    codes: ['notFound', 'forbidden', 'orderNotHeld'],
  }),
};
