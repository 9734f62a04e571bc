import type { z } from 'zod';
import type { Customer, customer as customerShape, customerTeam, proposal } from '../../../contract/customer.ts';
import type { Language, page } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { CustomerId, PartnerId } from '../../../domain/id.ts';
import type { Action } from '../../../domain/permission.ts';
import { proposeLicences } from '../../../domain/proposal.ts';
import { searchKey } from '../../../domain/search-key.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { makeStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { agentOf, findProducts, isStaff } from '../catalogue/catalogue.service.ts';
import type { Sight } from './customer.policy.ts';
import { seesNothing, sightFor } from './customer.policy.ts';
import {
  countActive,
  countOnOrder,
  deleteEmptyStream,
  findCustomerRow,
  findSeenCustomer,
  insertCustomer,
  listCustomerRoles,
  listCustomerRows,
  listTeamsOfCustomers,
} from './customer.queries.ts';

/** How far somebody sees customers, offers and orders. */
export async function sightOf(db: Db, caller: AccountCaller, action: Action): Promise<Sight> {
  const staff = await isStaff(db, caller.email);
  const partner = await agentOf(db, caller.email);
  const roles = await listCustomerRoles(db, caller.accountId);
  return sightFor({ staff, partnerId: partner?.partnerId, roles }, action);
}

/** @throws AppError `forbidden` for who sees none at all. */
export async function requireSight(db: Db, caller: AccountCaller, action: Action): Promise<Sight> {
  const sight = await sightOf(db, caller, action);
  if (seesNothing(sight)) throw new AppError('forbidden');
  return sight;
}

export async function findCustomer(db: Db, id: CustomerId): Promise<Customer | undefined> {
  return findCustomerRow(db, id);
}

/** A team of a customer, as its agent sees it. */
export type CustomerTeam = z.output<typeof customerTeam>;

/** The teams of some customers, each with its customer, by name; for an insider those that it is in. */
export async function findTeamsOfCustomers(
  ground: Pick<Ground, 'clock' | 'settings'>,
  db: Db,
  ids: readonly CustomerId[],
  insider?: AccountCaller,
): Promise<{ readonly customerId: CustomerId; readonly team: CustomerTeam }[]> {
  return ids.length === 0 ? [] : listTeamsOfCustomers(db, { customerIds: ids, today: todayOf(ground), insider });
}

export interface CustomerQuery {
  readonly search?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export async function listCustomers(
  { db }: Ground,
  caller: AccountCaller,
  { search = '', limit, after }: CustomerQuery,
): Promise<z.output<ReturnType<typeof page<typeof customerShape>>>> {
  const sight = await requireSight(db, caller, 'customer.read');
  const typed = search.trim();
  const name = searchKey(typed);
  if (typed !== '' && name === '') return { items: [], next: null };
  const number = /^\d+$/.test(typed) ? typed : undefined;
  const rows = await listCustomerRows(db, caller, { sight, number, name: name || undefined, limit, after });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export interface CustomerWithTeams {
  readonly customer: Customer;
  readonly proposals: z.output<typeof proposal>[];
  readonly teams: CustomerTeam[];
}

export async function getCustomer(ground: Ground, caller: AccountCaller, id: CustomerId): Promise<CustomerWithTeams> {
  const { db } = ground;
  const sight = await sightOf(db, caller, 'customer.read');
  const customer = await findSeenCustomer(db, caller, { sight, id });
  if (!customer) throw new AppError('notFound');
  const sells = sight.all || sight.partnerId === customer.partnerId;
  const teams = await findTeamsOfCustomers(ground, db, [id], sells ? undefined : caller);
  return { customer, proposals: await proposalsFor(ground, customer), teams: teams.map(({ team }) => team) };
}

/** How many licences of each product to offer that is sold by the number of core licences. */
async function proposalsFor(ground: Ground, { id, coreLicences }: Customer): Promise<CustomerWithTeams['proposals']> {
  const products = (await findProducts(ground.db)).filter(
    ({ retired, policy }) => !retired && policy.proposal === 'perCoreLicence',
  );
  const active = await countActive(ground.db, id, todayOf(ground));
  const onOrder = await countOnOrder(ground.db, id);
  const quantityOf = (counts: typeof active, productId: string) =>
    counts.find((count) => count.productId === productId)?.quantity ?? 0;
  return products.map((product) => ({
    productId: product.id,
    ...proposeLicences({
      coreLicences,
      active: quantityOf(active, product.id),
      onOrder: quantityOf(onOrder, product.id),
    }),
  }));
}

export interface NewCustomer {
  readonly customerNumber: string;
  readonly name: string;
  readonly country: string;
  readonly language: Language;
  readonly coreLicences: number;
  readonly contactName: string;
  readonly contactEmail: EmailAddress;
  readonly partnerId: PartnerId;
}

/** Adds a customer inside a change; undefined where another one has the number. */
export async function addCustomer(change: Change, wanted: NewCustomer): Promise<CustomerId | undefined> {
  const id = change.newId('cus');
  await makeStream(change.db, id);
  const row = { ...wanted, id, searchKey: searchKey(wanted.name), createdAt: change.at };
  if (!(await insertCustomer(change.db, row))) {
    await deleteEmptyStream(change.db, id);
    return undefined;
  }
  const { partnerId, coreLicences } = wanted;
  await change.record(id, 'customerAdded', { customerId: id, partnerId, coreLicences });
  return id;
}
