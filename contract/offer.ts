import { z } from 'zod';
import { offerLimits } from '../domain/offer.ts';
import { endpoint } from './endpoint.ts';
import { calendarDate, emailAddress, id, language, moment, money, page, pageQuery, version, words } from './shape.ts';

export const offerState = z.enum(['inProgress', 'pending', 'accepted', 'rejected', 'cancelled']);
/** What people see: the state, or `expired` once the valid-until date of an open offer has passed. */
export const offerPhase = z.enum([...offerState.options, 'expired']);

/** What an agent says of a line; prices come from the price list alone. */
export const offerLineDraft = z
  .object({
    productId: id('prod'),
    quantity: z.int().min(1).max(offerLimits.quantity),
    termMonths: z.int().min(1).max(120),
    discountBasisPoints: z.int().min(0).max(10_000).default(0),
  })
  .meta({ id: 'OfferLineDraft' });

export const offerLine = z
  .object({
    productId: id('prod'),
    productName: z.string(),
    kind: z.enum(['namedLicence', 'storage']),
    quantity: z.int(),
    termMonths: z.int(),
    unitPriceMinor: z.int(),
    discountBasisPoints: z.int(),
    /** Quantity times unit price less discount, rounded half away from zero to the minor unit. */
    total: money,
    /** Storage that the line adds to the team, in bytes. */
    storageBytes: z.int(),
  })
  .meta({ id: 'OfferLine' });

export const acceptance = z
  .object({
    channel: z.enum(['phone', 'link']),
    acceptedBy: z.string(),
    at: moment,
    recordedBy: z.string().nullable().describe('Name of the agent who recorded an acceptance on the phone.'),
  })
  .meta({ id: 'Acceptance' });

export const offer = z
  .object({
    id: id('off'),
    number: z.string(),
    version,
    state: offerState,
    phase: offerPhase,
    customerId: id('cus'),
    customerNumber: z.string(),
    customerName: z.string(),
    partnerName: z.string(),
    agentName: z.string().nullable(),
    agentEmail: emailAddress.nullable(),
    contactName: z.string(),
    contactEmail: emailAddress,
    language,
    lines: z.array(offerLine),
    total: money,
    storageBytes: z.int(),
    validUntil: calendarDate,
    message: z.string().nullable(),
    sentAt: moment.nullable(),
    acceptance: acceptance.nullable(),
    orderId: id('ord').nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Offer' });
export type Offer = z.infer<typeof offer>;

const offerParams = z.object({ offerId: id('off') });
const lines = z.array(offerLineDraft).min(1).max(offerLimits.lines);
/** What the agent writes to the customer; it may have several lines. */
const message = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^(?:[^\p{Cc}]|\r?\n)*$/u, 'control characters are not allowed')
  .nullable();

export const offerEndpoints = {
  listOffers: endpoint({
    method: 'GET',
    path: '/v1/offers',
    tag: 'Offer',
    summary: 'Offers that the caller may see, newest first',
    access: 'session',
    query: pageQuery.extend({ customerId: id('cus').optional(), phase: offerPhase.optional() }),
    response: page(offer),
    codes: ['forbidden'],
  }),
  makeOffer: endpoint({
    method: 'POST',
    path: '/v1/offers',
    tag: 'Offer',
    summary: 'Makes an offer for a customer of the calling agent',
    access: 'session',
    body: z.object({
      customerId: id('cus'),
      lines,
      validUntil: calendarDate.optional(),
      message: message.optional(),
    }),
    status: 201,
    response: offer,
    changes: true,
    codes: ['forbidden', 'notFound', 'productUnknown', 'priceMissing', 'discountTooHigh', 'invalidRequest'],
  }),
  getOffer: endpoint({
    method: 'GET',
    path: '/v1/offers/{offerId}',
    tag: 'Offer',
    summary: 'One offer',
    access: 'session',
    params: offerParams,
    response: offer,
    codes: ['notFound'],
  }),
  changeOffer: endpoint({
    method: 'PATCH',
    path: '/v1/offers/{offerId}',
    tag: 'Offer',
    summary: 'Changes an offer that nobody has accepted; its version rises',
    access: 'session',
    params: offerParams,
    body: z.object({ lines: lines.optional(), validUntil: calendarDate.optional(), message: message.optional() }),
    response: offer,
    conditional: true,
    codes: ['notFound', 'forbidden', 'offerNotChangeable', 'priceMissing', 'discountTooHigh', 'productUnknown'],
  }),
  sendOffer: endpoint({
    method: 'POST',
    path: '/v1/offers/{offerId}/send',
    tag: 'Offer',
    summary: "Mails the offer to the customer's contact; sending again ends the earlier link",
    access: 'session',
    params: offerParams,
    response: offer,
    changes: true,
    conditional: true,
    codes: ['notFound', 'forbidden', 'offerExpired', 'offerAlreadyAccepted', 'offerRejected', 'offerCancelled'],
  }),
  acceptOfferByPhone: endpoint({
    method: 'POST',
    path: '/v1/offers/{offerId}/accept-by-phone',
    tag: 'Offer',
    summary: 'Records that somebody accepted the offer on the phone; the contact is mailed at once',
    access: 'session',
    params: offerParams,
    body: z.object({ acceptedBy: words(120), acceptedAt: moment.optional() }),
    response: offer,
    changes: true,
    conditional: true,
    codes: ['notFound', 'forbidden', 'offerExpired', 'offerAlreadyAccepted', 'offerRejected', 'offerCancelled'],
  }),
  cancelOffer: endpoint({
    method: 'POST',
    path: '/v1/offers/{offerId}/cancel',
    tag: 'Offer',
    summary: 'Withdraws an offer that nobody has accepted',
    access: 'session',
    params: offerParams,
    response: offer,
    changes: true,
    conditional: true,
    codes: ['notFound', 'forbidden', 'offerAlreadyAccepted', 'offerRejected', 'offerCancelled'],
  }),
};
