import type { z } from 'zod';
import type { CustomerRequest, customerEndpoints, customerRequest } from '../../../contract/customer.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { page } from '../../../contract/shape.ts';
import { parseCountryCode } from '../../../domain/country-code.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { CustomerRequestId } from '../../../domain/id.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { agentOf, isStaff, requireAgent, requireStaff } from '../catalogue/catalogue.service.ts';
import { oweNotice } from '../notice/notice.service.ts';
import { addCustomer } from './customer.service.ts';
import type { RequestPage, RequestRow } from './customer-request.queries.ts';
import {
  getRequest,
  getRequester,
  insertRequest,
  listRequestRows,
  lockRequest,
  updateRequest,
} from './customer-request.queries.ts';

export interface CustomerWish {
  readonly wanted: BodyOf<typeof customerEndpoints.requestCustomer>;
  readonly repeat: Repeat | undefined;
}

/**
 * Asks for a new customer.
 *
 * The answer never tells whether the number is free, taken or another partner's. A demo has nobody in the back office,
 * so there a free number is confirmed in the same step, and the agent goes on.
 */
export async function requestCustomer(
  ground: Ground,
  caller: AccountCaller,
  { wanted, repeat }: CustomerWish,
): Promise<{ requestId: CustomerRequestId }> {
  const { partnerId } = await requireAgent(ground.db, caller, 'customer.request');
  const contactEmail = parseEmailAddress(wanted.contactEmail);
  if (!contactEmail) throw invalidField('contactEmail', 'expected an e-mail address');
  const country = parseCountryCode(wanted.country);
  if (!country) throw invalidField('country', 'expected an ISO 3166-1 alpha-2 code');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const id = change.newId('req');
    const asked = { ...wanted, contactEmail, country, partnerId };
    const undecided = { state: 'waiting', decidedAt: null, decidedBy: null, customerId: null } as const;
    await insertRequest(change.db, {
      ...asked,
      ...undecided,
      id,
      requestedBy: caller.accountId,
      requestedAt: change.at,
    });
    const customerId = ground.settings.demo ? await addCustomer(change, asked) : undefined;
    if (customerId) {
      await updateRequest(change.db, id, { state: 'confirmed', decidedAt: change.at, decidedBy: null, customerId });
    }
    await change.record('vendor', 'customerRequested', { customerRequestId: id, partnerId });
    return { requestId: id };
  });
}

/** An agent's list is its partner's; vendor staff see all. */
export async function listCustomerRequests(
  { db }: Ground,
  caller: AccountCaller,
  query: RequestPage,
): Promise<z.output<ReturnType<typeof page<typeof customerRequest>>>> {
  const staff = await isStaff(db, caller.email);
  const partner = await agentOf(db, caller.email);
  if (!staff && !partner) throw new AppError('forbidden');
  const rows = await listRequestRows(db, caller, query);
  const items = rows.slice(0, query.limit).map(presentRequest);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

function presentRequest({ requestedBy: _, partnerId: __, requestedAt, ...row }: RequestRow): CustomerRequest {
  return { ...row, requestedAt: requestedAt.toISOString() };
}

export interface RequestAnswer {
  readonly id: CustomerRequestId;
  readonly repeat: Repeat | undefined;
}

/** @throws AppError `customerNumberTaken` where another customer has the number; the request goes on waiting. */
export async function confirmCustomerRequest(
  ground: Ground,
  caller: AccountCaller,
  { id, repeat }: RequestAnswer,
): Promise<CustomerRequest> {
  await requireStaff(ground.db, caller, 'customer.write');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const request = await requireWaiting(change, id);
    const { customerNumber, name, country, language, coreLicences, contactName, contactEmail, partnerId } = request;
    const customerId = await addCustomer(change, {
      ...{ customerNumber, name, country, language, coreLicences },
      ...{ contactName, contactEmail, partnerId },
    });
    if (!customerId) throw new AppError('customerNumberTaken');
    return decide(change, request, { state: 'confirmed', decidedBy: caller.accountId, customerId });
  });
}

export async function declineCustomerRequest(
  ground: Ground,
  caller: AccountCaller,
  { id, repeat }: RequestAnswer,
): Promise<CustomerRequest> {
  await requireStaff(ground.db, caller, 'customer.write');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const request = await requireWaiting(change, id);
    const { partnerId } = request;
    await change.record('vendor', 'customerRequestDeclined', { customerRequestId: id, partnerId });
    return decide(change, request, { state: 'declined', decidedBy: caller.accountId, customerId: null });
  });
}

async function requireWaiting(change: Change, id: CustomerRequestId): Promise<RequestRow> {
  const request = await lockRequest(change.db, id);
  if (!request) throw new AppError('notFound');
  if (request.state !== 'waiting') throw new AppError('customerRequestDecided');
  return request;
}

/** Writes the decision down and tells the agent who asked. */
async function decide(
  change: Change,
  { id, requestedBy, customerNumber, name }: RequestRow,
  decision: Omit<Parameters<typeof updateRequest>[2], 'decidedAt'>,
): Promise<CustomerRequest> {
  await updateRequest(change.db, id, { ...decision, decidedAt: change.at });
  const agent = await getRequester(change.db, requestedBy);
  await oweNotice(change, {
    kind: decision.state === 'confirmed' ? 'customerConfirmed' : 'customerDeclined',
    to: agent.email,
    language: agent.language,
    subjectId: id,
    payload: { path: '/desk', customerNumber, customerName: name },
  });
  return presentRequest(await getRequest(change.db, id));
}
