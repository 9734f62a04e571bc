import type { ApplicationId, PartnerId, ProductId } from '../../../domain/id.ts';
import type { PriceTable } from '../../db/tables.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import {
  listAgentRows,
  listApplicationRows,
  listPartnerRows,
  listPriceRows,
  listProductRows,
  listStaffRows,
} from './catalogue.queries.ts';
import {
  deletePrice,
  insertApplication,
  insertPartner,
  insertProduct,
  replaceAgents,
  replaceApplicationProducts,
  replaceStaff,
  updateApplication,
  updatePartner,
  updateProduct,
  upsertPrice,
} from './catalogue-sync.queries.ts';
import type { Deployment, DeploymentPartner, DeploymentProduct } from './deployment-shape.ts';

/**
 * Takes over what a deployment's file says: by key, in one transaction, with an event for each change.
 *
 * What the file no longer names is retired, because offers and licences go on naming it. A file that says nothing new
 * writes nothing. Servers that start together do it one after the other.
 */
export async function syncCatalogue(ground: Ground, file: Deployment): Promise<void> {
  await transact(ground, { actor: systemActor }, async (change) => {
    await lockStream(change.db, 'vendor');
    const productIds = await syncProducts(change, file.products);
    await syncPrices(change, wantedPrices(file.products, productIds));
    await syncPartners(change, file.partners);
    await syncStaff(change, file.staff);
    await syncApplications(change, file.applications, productIds);
  });
}

type Ids<I> = ReadonlyMap<string, I>;

async function syncProducts(change: Change, wanted: Deployment['products']): Promise<Ids<ProductId>> {
  const known = await listProductRows(change.db);
  const ids = new Map(known.map(({ key, id }): [string, ProductId] => [key, id]));
  for (const [position, [key, product]] of Object.entries(wanted).entries()) {
    const before = known.find((one) => one.key === key);
    const columns = { ...productColumns(product), position, retired: false };
    if (before) await changeProduct(change, before.id, { before, columns });
    else ids.set(key, await addProduct(change, { key, ...columns }));
  }
  for (const before of known.filter(({ key }) => !Object.hasOwn(wanted, key))) {
    await changeProduct(change, before.id, { before, columns: { retired: true } });
  }
  return ids;
}

function productColumns({ prices: _, ...columns }: DeploymentProduct) {
  return { ...columns, termMonths: [...columns.termMonths] };
}

type ProductColumns = Omit<Parameters<typeof insertProduct>[1], 'id'>;

async function addProduct(change: Change, columns: ProductColumns): Promise<ProductId> {
  const id = change.newId('prod');
  await insertProduct(change.db, { id, ...columns });
  await change.record('vendor', 'productAdded', { productId: id });
  return id;
}

async function changeProduct(
  change: Change,
  id: ProductId,
  { before, columns }: { before: object; columns: Partial<ProductColumns> },
): Promise<void> {
  const changed = changedFields(before, columns);
  if (changed.length === 0) return;
  await updateProduct(change.db, id, columns);
  await change.record('vendor', 'productChanged', { productId: id, changed });
}

/** The names of the columns whose value is another one than before. */
function changedFields(before: object, columns: object): string[] {
  return Object.entries(columns)
    .filter(([field, value]) => JSON.stringify(Reflect.get(before, field)) !== JSON.stringify(value))
    .map(([field]) => field);
}

function wantedPrices(products: Deployment['products'], ids: Ids<ProductId>): PriceTable[] {
  return Object.entries(products).flatMap(([key, { prices }]) => {
    const productId = ids.get(key);
    return productId ? prices.map((price) => ({ ...price, productId })) : [];
  });
}

async function syncPrices(change: Change, wanted: readonly PriceTable[]): Promise<void> {
  const known = new Map((await listPriceRows(change.db)).map((price) => [priceKey(price), price]));
  for (const price of wanted) {
    const before = known.get(priceKey(price));
    known.delete(priceKey(price));
    if (before?.unitPriceMinor === price.unitPriceMinor) continue;
    await upsertPrice(change.db, price);
    await recordPrice(change, price, { before: before?.unitPriceMinor ?? null, after: price.unitPriceMinor });
  }
  for (const price of known.values()) {
    await deletePrice(change.db, price);
    await recordPrice(change, price, { before: price.unitPriceMinor, after: null });
  }
}

function priceKey({ productId, termMonths, currency }: PriceTable): string {
  return `${productId} ${termMonths} ${currency}`;
}

async function recordPrice(
  change: Change,
  { productId, termMonths, currency }: PriceTable,
  amounts: { before: number | null; after: number | null },
): Promise<void> {
  await change.record('vendor', 'priceChanged', { productId, partnerId: null, termMonths, currency, ...amounts });
}

async function syncPartners(change: Change, wanted: Deployment['partners']): Promise<void> {
  const known = await listPartnerRows(change.db);
  const agents = await listAgentRows(change.db);
  for (const [key, partner] of Object.entries(wanted)) {
    const before = known.find((one) => one.key === key);
    const emails = before ? agents.filter(({ partnerId }) => partnerId === before.id).map(({ email }) => email) : [];
    if (before) await changePartner(change, before.id, { before: { ...before, agents: emails }, partner });
    else await addPartner(change, key, partner);
  }
  for (const before of known.filter(({ key, retired }) => !retired && !Object.hasOwn(wanted, key))) {
    await updatePartner(change.db, before.id, { retired: true });
    await change.record('vendor', 'partnerChanged', { partnerId: before.id, changed: ['retired'] });
  }
}

function partnerColumns({ name, currency, discountLimitPercent }: DeploymentPartner) {
  return { name, currency, discountLimitBasisPoints: Math.round(discountLimitPercent * 100), retired: false };
}

async function addPartner(change: Change, key: string, partner: DeploymentPartner): Promise<void> {
  const id = change.newId('par');
  await insertPartner(change.db, { id, key, ...partnerColumns(partner) });
  await replaceAgents(change.db, id, partner.agents);
  await change.record('vendor', 'partnerAdded', { partnerId: id });
}

async function changePartner(
  change: Change,
  id: PartnerId,
  { before, partner }: { before: object; partner: DeploymentPartner },
): Promise<void> {
  const columns = partnerColumns(partner);
  const changed = changedFields(before, { ...columns, agents: partner.agents.toSorted() });
  if (changed.length === 0) return;
  await updatePartner(change.db, id, columns);
  await replaceAgents(change.db, id, partner.agents);
  await change.record('vendor', 'partnerChanged', { partnerId: id, changed });
}

async function syncStaff(change: Change, wanted: Deployment['staff']): Promise<void> {
  const known = (await listStaffRows(change.db)).map(({ email }) => email);
  const emails = [...new Set(wanted)];
  const added = emails.filter((email) => !known.includes(email)).length;
  const removed = known.filter((email) => !emails.includes(email)).length;
  if (added + removed === 0) return;
  await replaceStaff(change.db, emails);
  await change.record('vendor', 'staffChanged', { added, removed });
}

async function syncApplications(
  change: Change,
  wanted: Deployment['applications'],
  ids: Ids<ProductId>,
): Promise<void> {
  const known = await listApplicationRows(change.db);
  for (const [key, { name, products }] of Object.entries(wanted)) {
    const before = known.find((one) => one.key === key);
    const productIds = [...new Set(products)].flatMap((productKey) => ids.get(productKey) ?? []).toSorted();
    if (before) await changeApplication(change, before.id, { before, columns: { name, retired: false }, productIds });
    else await addApplication(change, { key, name }, productIds);
  }
  for (const before of known.filter(({ key }) => !Object.hasOwn(wanted, key))) {
    const { name, productIds } = before;
    await changeApplication(change, before.id, { before, columns: { name, retired: true }, productIds });
  }
}

async function addApplication(
  change: Change,
  columns: { key: string; name: string },
  productIds: readonly ProductId[],
): Promise<void> {
  const id = change.newId('app');
  await insertApplication(change.db, { id, ...columns });
  await replaceApplicationProducts(change.db, id, productIds);
  await change.record('vendor', 'applicationAdded', { applicationId: id, productIds });
}

async function changeApplication(
  change: Change,
  id: ApplicationId,
  wanted: { before: object; columns: { name: string; retired: boolean }; productIds: readonly ProductId[] },
): Promise<void> {
  const changed = changedFields(wanted.before, { ...wanted.columns, productIds: wanted.productIds });
  if (changed.length === 0) return;
  await updateApplication(change.db, id, wanted.columns);
  await replaceApplicationProducts(change.db, id, wanted.productIds);
  await change.record('vendor', 'applicationChanged', { applicationId: id, changed });
}
