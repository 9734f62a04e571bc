import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { emailAddress, emailText, id, language, moment, page, pageQuery, words } from './shape.ts';

export const customerNumberText = z
  .string()
  .trim()
  .regex(/^\d{4,12}$/, 'expected 4 to 12 digits');
export const country = z
  .string()
  .trim()
  .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 alpha-2 code');

export const customer = z
  .object({
    id: id('cus'),
    customerNumber: z.string(),
    name: z.string(),
    country: z.string(),
    language,
    coreLicences: z.int(),
    contactName: z.string(),
    contactEmail: emailAddress,
    partnerId: id('par'),
    partnerName: z.string(),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof customer>;

/** How many licences of a product the system proposes and what the number follows from. */
export const proposal = z
  .object({
    productId: id('prod'),
    coreLicences: z.int(),
    active: z.int(),
    onOrder: z.int(),
    proposed: z.int(),
  })
  .meta({ id: 'Proposal' });

/** A team of the customer as its agent sees it. */
export const customerTeam = z
  .object({
    id: id('team'),
    name: z.string(),
    ownerEmail: emailAddress,
    ownerName: z.string().nullable(),
    claimed: z.boolean(),
    memberCount: z.int(),
    licenceCount: z.int(),
  })
  .meta({ id: 'CustomerTeam' });

export const customerRequest = z
  .object({
    id: id('req'),
    customerNumber: z.string(),
    name: z.string(),
    country: z.string(),
    language,
    coreLicences: z.int(),
    contactName: z.string(),
    contactEmail: emailAddress,
    partnerName: z.string(),
    state: z.enum(['waiting', 'confirmed', 'declined']),
    requestedAt: moment,
    customerId: id('cus').nullable(),
  })
  .meta({ id: 'CustomerRequest' });
export type CustomerRequest = z.infer<typeof customerRequest>;

const customerParams = z.object({ customerId: id('cus') });
const requestParams = z.object({ requestId: id('req') });

export const customerEndpoints = {
  listCustomers: endpoint({
    method: 'GET',
    path: '/v1/customers',
    tag: 'Customer',
    summary: 'Finds customers by number or by a part of the name; an agent finds its own only',
    access: 'session',
    query: pageQuery.extend({ search: z.string().max(100).optional() }),
    response: page(customer),
    codes: ['forbidden'],
  }),
  getCustomer: endpoint({
    method: 'GET',
    path: '/v1/customers/{customerId}',
    tag: 'Customer',
    summary: 'One customer with its teams and the proposed numbers of licences',
    access: 'session',
    params: customerParams,
    response: z.object({ customer, proposals: z.array(proposal), teams: z.array(customerTeam) }),
    codes: ['notFound'],
  }),
  requestCustomer: endpoint({
    method: 'POST',
    path: '/v1/customer-requests',
    tag: 'Customer',
    summary: 'Asks the vendor for a new customer; the answer is always the same',
    access: 'session',
    body: z.object({
      customerNumber: customerNumberText,
      name: words(160),
      country,
      language,
      coreLicences: z.int().min(0).max(1_000_000),
      contactName: words(120),
      contactEmail: emailText,
    }),
    status: 202,
    response: z.object({ requestId: id('req') }),
    changes: true,
    codes: ['forbidden'],
  }),
  listCustomerRequests: endpoint({
    method: 'GET',
    path: '/v1/customer-requests',
    tag: 'Customer',
    summary: "An agent's own requests, or all of them for vendor staff, newest first",
    access: 'session',
    query: pageQuery.extend({ state: z.enum(['waiting', 'confirmed', 'declined']).optional() }),
    response: page(customerRequest),
    codes: ['forbidden'],
  }),
  confirmCustomerRequest: endpoint({
    method: 'POST',
    path: '/v1/customer-requests/{requestId}/confirm',
    tag: 'Customer',
    summary: 'Makes the customer that was asked for',
    access: 'session',
    params: requestParams,
    response: customerRequest,
    changes: true,
    codes: ['notFound', 'forbidden', 'customerRequestDecided', 'customerNumberTaken'],
  }),
  declineCustomerRequest: endpoint({
    method: 'POST',
    path: '/v1/customer-requests/{requestId}/decline',
    tag: 'Customer',
    summary: 'Declines a request for a new customer',
    access: 'session',
    params: requestParams,
    response: customerRequest,
    changes: true,
    codes: ['notFound', 'forbidden', 'customerRequestDecided'],
  }),
};
