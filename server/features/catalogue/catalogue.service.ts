import type { catalogueEndpoints, Product as ProductWire } from '../../../contract/catalogue.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { PartnerId } from '../../../domain/id.ts';
import type { Currency } from '../../../domain/money.ts';
import type { PriceListEntry } from '../../../domain/offer.ts';
import type { Action } from '../../../domain/permission.ts';
import { may } from '../../../domain/permission.ts';
import type { Product, ProductPolicy } from '../../../domain/product.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { ProductRow } from './catalogue.queries.ts';
import {
  findAgentRow,
  findStaffRow,
  listAgentRows,
  listApplicationRows,
  listPartnerRows,
  listPriceRows,
  listProductRows,
  listStaffMailboxes,
} from './catalogue.queries.ts';

/** What an agent sells for. */
export interface AgentPartner {
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  readonly currency: Currency;
  readonly discountLimitBasisPoints: number;
}

/** The partner that somebody acts for; undefined for who is no agent. */
export async function agentOf(db: Db, email: EmailAddress): Promise<AgentPartner | undefined> {
  return findAgentRow(db, email);
}

export async function isStaff(db: Db, email: EmailAddress): Promise<boolean> {
  return (await findStaffRow(db, email)) !== undefined;
}

/** @throws AppError `forbidden` for who is no agent, or whom agents' permissions don't cover. */
export async function requireAgent(db: Db, caller: AccountCaller, action: Action): Promise<AgentPartner> {
  const partner = may('agent', action) ? await agentOf(db, caller.email) : undefined;
  if (!partner) throw new AppError('forbidden');
  return partner;
}

/** @throws AppError `forbidden` for who is no vendor staff. */
export async function requireStaff(db: Db, caller: AccountCaller, action: Action): Promise<void> {
  if (!may('vendorStaff', action) || !(await isStaff(db, caller.email))) throw new AppError('forbidden');
}

/** A mailbox of the vendor's back office, with the language that its owner reads. */
export interface StaffMailbox {
  readonly email: EmailAddress;
  readonly language: Language;
}

export async function staffMailboxes({ settings }: Pick<Ground, 'settings'>, db: Db): Promise<StaffMailbox[]> {
  const rows = await listStaffMailboxes(db);
  return rows.map(({ email, language }) => ({ email, language: language ?? settings.languages[0] ?? 'en' }));
}

/** A product with its names, as other features need it beside the rules. */
export interface CatalogueProduct extends Product {
  readonly key: string;
  readonly name: string;
  readonly retired: boolean;
}

/** Every product, also those that are no longer sold. */
export async function findProducts(db: Db): Promise<CatalogueProduct[]> {
  return (await listProductRows(db)).map(productOf);
}

function productOf({ id, key, name, kind, retired, position: _, ...policy }: ProductRow): CatalogueProduct {
  return { id, key, name, kind, retired, policy: policy satisfies ProductPolicy };
}

/** The prices in one currency. */
export async function findPriceList(db: Db, currency: Currency): Promise<PriceListEntry[]> {
  return listPriceRows(db, currency);
}

export async function getPriceList(
  { db, settings }: Ground,
  caller: AccountCaller,
): Promise<ResponseOf<typeof catalogueEndpoints.getPriceList>> {
  const { currency, discountLimitBasisPoints } = await requireAgent(db, caller, 'catalogue.read');
  const products = (await listProductRows(db)).filter(({ retired }) => !retired);
  const prices = await listPriceRows(db, currency);
  return {
    products: products.map(presentProduct),
    prices: prices.filter(({ productId }) => products.some(({ id }) => id === productId)),
    currency,
    discountLimitBasisPoints,
    freeStorageBytes: settings.freeStorageBytes,
    offerValidDays: settings.offerValidDays,
  };
}

/** @param source Where the catalogue comes from, for the people who change it. */
export async function getCatalogue(
  { db }: Ground,
  caller: AccountCaller,
  source: string,
): Promise<ResponseOf<typeof catalogueEndpoints.getCatalogue>> {
  await requireStaff(db, caller, 'partner.read');
  const products = await listProductRows(db);
  const agents = await listAgentRows(db, caller);
  const partners = await listPartnerRows(db, caller);
  const applications = (await listApplicationRows(db)).filter(({ retired }) => !retired);
  return {
    products: products.map(presentProduct),
    prices: await listPriceRows(db),
    partners: partners.map((partner) => ({
      ...partner,
      agents: agents.filter(({ partnerId }) => partnerId === partner.id).map(({ email }) => email),
    })),
    applications: applications.map(({ id, key, name, productIds }) => ({
      id,
      key,
      name,
      productKeys: products.filter((product) => productIds.includes(product.id)).map((product) => product.key),
    })),
    source,
  };
}

function presentProduct({ position: _, ...row }: ProductRow): ProductWire {
  return row;
}
