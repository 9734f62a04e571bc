import type { Insertable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { CustomerId, OfferId, OrderId, TeamId } from '../../../domain/id.ts';
import type { OrderState } from '../../../domain/order.ts';
import type { TeamNameKey } from '../../../domain/team-name.ts';
import type { Db, Tables } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesSale } from '../../db/sight.ts';
import type { Sight } from '../customer/customer.policy.ts';

/** Orders with the names that people see beside them. A team that is known goes before what was typed. */
function selectOrders(db: Db) {
  return db
    .selectFrom('order as o')
    .innerJoin('offer as f', 'f.id', 'o.offerId')
    .innerJoin('customer as c', 'c.id', 'o.customerId')
    .innerJoin('partner as p', 'p.id', 'o.partnerId')
    .leftJoin('team as t', 't.id', 'o.teamId')
    .leftJoin('member as owner', 'owner.id', 't.ownerMemberId')
    .leftJoin('account as placer', 'placer.id', 'o.placedBy')
    .select((eb) => [
      'o.id',
      'o.number',
      'o.state',
      'o.reason',
      'o.refusedText',
      'o.offerId',
      'f.number as offerNumber',
      'f.disputedAt',
      'o.customerId',
      'c.customerNumber',
      'c.name as customerName',
      'c.contactEmail',
      'c.language as customerLanguage',
      'o.partnerId',
      'p.name as partnerName',
      'o.teamId',
      eb.fn.coalesce('t.name', 'o.teamName').as('teamName'),
      eb.fn.coalesce('owner.email', 'o.ownerEmail').as('ownerEmail'),
      'o.releasedAt',
      'o.placedAt',
      'placer.name as placedByName',
      'placer.email as placerEmail',
      'placer.language as placerLanguage',
      'o.completedAt',
    ]);
}

export type OrderRow = Awaited<ReturnType<typeof getOrderRow>>;

export async function getOrderRow(db: Db, id: OrderId) {
  return selectOrders(db).where('o.id', '=', id).executeTakeFirstOrThrow();
}

export async function findOrderRow(db: Db, id: OrderId): Promise<OrderRow | undefined> {
  return selectOrders(db).where('o.id', '=', id).executeTakeFirst();
}

export async function findOrderOfOffer(db: Db, offerId: OfferId): Promise<OrderRow | undefined> {
  return selectOrders(db).where('o.offerId', '=', offerId).executeTakeFirst();
}

export async function findSeenOrder(
  db: Db,
  viewer: Viewer,
  { sight, id }: { sight: Sight; id: OrderId },
): Promise<OrderRow | undefined> {
  return selectOrders(db).where('o.id', '=', id).where(isSeen(viewer, sight)).executeTakeFirst();
}

/**
 * Locks an order's row until the transaction ends, before anything is decided about it.
 *
 * It is read by a second statement: one that waited for the lock would see the other tables as they were before.
 */
export async function lockOrderRow(db: Db, id: OrderId): Promise<OrderRow | undefined> {
  const locked = await db.selectFrom('order').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return locked && getOrderRow(db, id);
}

/**
 * Locks the customer's orders that wait for a team and name one, oldest first.
 *
 * One that somebody else has locked is left out: whoever has it is about to decide it, and waiting for it with a team's
 * lock in hand could never end.
 */
export async function lockNamedPending(db: Db, customerId: CustomerId): Promise<OrderRow[]> {
  const locked = await db
    .selectFrom('order')
    .select('id')
    .where('customerId', '=', customerId)
    .where('state', '=', 'pending')
    .where('teamName', 'is not', null)
    .where('ownerEmail', 'is not', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  if (locked.length === 0) return [];
  return selectOrders(db)
    .where(
      'o.id',
      'in',
      locked.map(({ id }) => id),
    )
    .orderBy('o.id')
    .execute();
}

/** Where the policy lets the caller see an order that the caller has to do with. */
function isSeen(viewer: Viewer, { all, partnerId, customerIds }: Sight) {
  return sql<boolean>`(
    (${all}::boolean or o.partner_id = ${partnerId}::text or o.customer_id = any(${customerIds}::text[]))
    and ${seesSale(viewer, { partnerId: 'o.partnerId', customerId: 'o.customerId' })})`;
}

export interface OrderPage {
  readonly sight: Sight;
  readonly state?: OrderState | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Newest first; ids sort by the moment in which they were made. */
export async function listOrderRows(db: Db, viewer: Viewer, { sight, state, customerId, limit, after }: OrderPage) {
  let query = selectOrders(db)
    .where(isSeen(viewer, sight))
    .orderBy('o.id', 'desc')
    .limit(limit + 1);
  if (state !== undefined) query = query.where('o.state', '=', state);
  if (customerId !== undefined) query = query.where('o.customerId', '=', customerId);
  // Any text may stand here: it is only compared.
  if (after !== undefined) query = query.where('o.id', '<', after as OrderId);
  return query.execute();
}

export type ItemRow = Awaited<ReturnType<typeof listItemRows>>[number];

/** The items of orders in their order, with what became of them and the storage that the offer promised with each. */
export async function listItemRows(db: Db, orderIds: readonly OrderId[]) {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom('orderItem as i')
    .innerJoin('order as o', 'o.id', 'i.orderId')
    .innerJoin('offerLine as l', (join) =>
      join.onRef('l.offerId', '=', 'o.offerId').onRef('l.position', '=', 'i.position'),
    )
    .innerJoin('product as p', 'p.id', 'i.productId')
    .leftJoin('subscription as s', 's.orderItemId', 'i.id')
    .select([
      'i.id',
      'i.orderId',
      'i.productId',
      'p.name as productName',
      'i.action',
      'i.quantity',
      'i.termMonths',
      'i.state',
      'l.storageBytes',
      's.id as subscriptionId',
      's.startsOn',
      's.endsOn',
    ])
    .where('i.orderId', 'in', orderIds)
    .orderBy('i.orderId')
    .orderBy('i.position')
    .execute();
}

/** Whether a product of the offer wants the back office's look. */
export async function wantsReview(db: Db, offerId: OfferId): Promise<boolean> {
  const found = await db
    .selectFrom('offerLine as l')
    .innerJoin('product as p', 'p.id', 'l.productId')
    .select('l.position')
    .where('l.offerId', '=', offerId)
    .where('p.review', '=', 'backOffice')
    .executeTakeFirst();
  return found !== undefined;
}

/** The next serial number of an order. Numbers of changes that failed are left out for good. */
export async function nextOrderNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ number: number }>`select nextval('order_number') as number`.execute(db);
  return rows[0]?.number ?? 0;
}

/** The database refuses a second order of the same offer. */
export async function insertOrder(db: Db, row: Insertable<Tables['order']>): Promise<void> {
  await db.insertInto('order').values(row).execute();
}

export async function insertItems(db: Db, rows: readonly Insertable<Tables['orderItem']>[]): Promise<void> {
  await db.insertInto('orderItem').values(rows).execute();
}

export async function updateOrder(db: Db, id: OrderId, set: Updateable<Tables['order']>): Promise<void> {
  await db.updateTable('order').set(set).where('id', '=', id).execute();
  if (set.state !== undefined) {
    await db.updateTable('orderItem').set({ state: set.state }).where('orderId', '=', id).execute();
  }
}

/** A team and its owner, as far as processing an order needs them. */
export async function findDestination(db: Db, teamId: TeamId) {
  return db
    .selectFrom('team as t')
    .innerJoin('member as o', 'o.id', 't.ownerMemberId')
    .leftJoin('account as a', 'a.id', 'o.accountId')
    .select(['t.id', 't.name', 't.claimedAt', 'o.email as ownerEmail', 'a.language as ownerLanguage'])
    .where('t.id', '=', teamId)
    .executeTakeFirst();
}

/** Confirmed teams without a customer that have this name and owner. */
export async function listFreeTeams(
  db: Db,
  { nameKey, ownerEmail }: { nameKey: TeamNameKey; ownerEmail: EmailAddress },
) {
  return db
    .selectFrom('team as t')
    .innerJoin('member as o', 'o.id', 't.ownerMemberId')
    .leftJoin('account as a', 'a.id', 'o.accountId')
    .select(['t.id', 't.name', 'o.email as ownerEmail', 'a.language as ownerLanguage'])
    .where('t.customerId', 'is', null)
    .where('t.nameKey', '=', nameKey)
    .where('t.claimedAt', 'is not', null)
    .where('o.email', '=', ownerEmail)
    .where('o.state', '=', 'accepted')
    .limit(2)
    .execute();
}

/** The newest notice by which the order's contact got a link to complete it. */
export async function findCompletionNotice(db: Db, id: OrderId) {
  return db
    .selectFrom('notice')
    .select('id')
    .where('kind', '=', 'orderToComplete')
    .where('subjectId', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** Orders that have been processed since before this moment, from when they were placed or released last: their job was lost or has given up. */
export async function listStuckOrders(db: Db, placedBefore: Date): Promise<OrderId[]> {
  const rows = await db
    .selectFrom('order')
    .select('id')
    .where('state', '=', 'inProgress')
    .where((eb) => eb(eb.fn.coalesce('releasedAt', 'placedAt'), '<=', placedBefore))
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map(({ id }) => id);
}
