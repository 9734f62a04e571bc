import type { z } from 'zod';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { Order, orderEndpoints, order as orderShape } from '../../../contract/order.ts';
import { orderReason } from '../../../contract/order.ts';
import type { page } from '../../../contract/shape.ts';
import type { CustomerId, OfferId, OrderId } from '../../../domain/id.ts';
import type { OrderState } from '../../../domain/order.ts';
import { decidePlace, matchTeam } from '../../../domain/order.ts';
import type { Action } from '../../../domain/permission.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { requireAgent } from '../catalogue/catalogue.service.ts';
import type { CustomerTeam } from '../customer/customer.service.ts';
import { findTeamsOfCustomers, requireSight, sightOf } from '../customer/customer.service.ts';
import type { OfferWithLines } from '../offer/offer.service.ts';
import { lockOfferToOrder } from '../offer/offer-answer.service.ts';
import type { ItemRow, OrderRow } from './order.queries.ts';
import {
  findOrderOfOffer,
  findOrderRow,
  findSeenOrder,
  getOrderRow,
  insertItems,
  insertOrder,
  listItemRows,
  listOrderRows,
  nextOrderNumber,
  wantsReview,
} from './order.queries.ts';
import { advanceOrder } from './order-step.service.ts';
import type { TeamTarget } from './order-target.ts';
import { readTarget } from './order-target.ts';

type Standing = Pick<Ground, 'clock' | 'settings'>;

/** Reads an order that the caller was found to have to do with. */
export async function readOrder(ground: Standing, db: Db, id: OrderId): Promise<Order> {
  const [order] = await presentOrders(ground, db, [await getOrderRow(db, id)]);
  if (!order) throw new Error(`The order ${id} is gone`);
  return order;
}

async function presentOrders(ground: Standing, db: Db, rows: readonly OrderRow[]): Promise<Order[]> {
  const waiting = rows.filter(({ state }) => state === 'pending').map(({ customerId }) => customerId);
  const teams = await findTeamsOfCustomers(ground, db, [...new Set(waiting)]);
  const items = await listItemRows(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    presentOrder(row, {
      items: items.filter(({ orderId }) => orderId === row.id),
      teams: teams.filter(({ customerId }) => customerId === row.customerId).map(({ team }) => team),
    }),
  );
}

function presentOrder(
  row: OrderRow,
  { items, teams }: { items: readonly ItemRow[]; teams: readonly CustomerTeam[] },
): Order {
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    reason: orderReason.nullable().parse(row.reason),
    refusedText: row.refusedText,
    offerId: row.offerId,
    offerNumber: row.offerNumber,
    customerId: row.customerId,
    customerNumber: row.customerNumber,
    customerName: row.customerName,
    partnerName: row.partnerName,
    teamId: row.teamId,
    teamName: row.teamName,
    ownerEmail: row.ownerEmail,
    items: items.map(({ orderId: _, storageBytes: __, ...item }) => item),
    candidates: row.state === 'pending' ? candidatesOf(row, teams) : [],
    placedAt: row.placedAt.toISOString(),
    placedByName: row.placedByName,
    completedAt: row.completedAt?.toISOString() ?? null,
  };
}

/** The teams that could be meant: those that match where several do, or else all of this customer's. */
function candidatesOf({ teamName, ownerEmail }: OrderRow, teams: readonly CustomerTeam[]): CustomerTeam[] {
  const match = teamName && ownerEmail ? matchTeam(teams, { teamName, ownerEmail }) : undefined;
  return match?.kind === 'several' ? teams.filter(({ id }) => match.candidates.includes(id)) : [...teams];
}

export async function getOrder(ground: Ground, caller: AccountCaller, id: OrderId): Promise<Order> {
  const { db } = ground;
  const sight = await sightOf(db, caller, 'order.read');
  if (!(await findSeenOrder(db, caller, { sight, id }))) throw new AppError('notFound');
  return readOrder(ground, db, id);
}

/** @throws AppError `notFound` for an order that is none of the caller's, `forbidden` for a role that is too small. */
export async function requireOrder(
  db: Db,
  caller: AccountCaller,
  { id, action }: { id: OrderId; action: Action },
): Promise<void> {
  const seen = await sightOf(db, caller, 'order.read');
  if (!(await findSeenOrder(db, caller, { sight: seen, id }))) throw new AppError('notFound');
  const allowed = await sightOf(db, caller, action);
  if (!(await findSeenOrder(db, caller, { sight: allowed, id }))) throw new AppError('forbidden');
}

export interface OrderQuery {
  readonly state?: OrderState | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export async function listOrders(
  ground: Ground,
  caller: AccountCaller,
  query: OrderQuery,
): Promise<z.output<ReturnType<typeof page<typeof orderShape>>>> {
  const { db } = ground;
  const sight = await requireSight(db, caller, 'order.read');
  const found = await listOrderRows(db, caller, { ...query, sight });
  const rows = found.slice(0, query.limit);
  return {
    items: await presentOrders(ground, db, rows),
    next: found.length > query.limit ? (rows.at(-1)?.id ?? null) : null,
  };
}

/** The order that a link is about, as its bearer reads it. */
export async function orderForLink(ground: Ground, id: OrderId): Promise<Order> {
  const row = await findOrderRow(ground.db, id);
  if (!row) throw new AppError('linkUnknown');
  return readOrder(ground, ground.db, id);
}

/** The order that an offer became, as the bearer of the offer's link reads it. */
export async function orderOfOffer(ground: Ground, offerId: OfferId): Promise<Order | null> {
  const row = await findOrderOfOffer(ground.db, offerId);
  return row ? readOrder(ground, ground.db, row.id) : null;
}

export interface OrderWish {
  readonly wanted: BodyOf<typeof orderEndpoints.placeOrder>;
  readonly repeat: Repeat | undefined;
}

/**
 * Orders an accepted offer. The offer's row is locked first, so that of many who order at once one does.
 *
 * Without a team that is known the order waits in `pending`, and the customer's contact gets the link to complete it.
 */
export async function placeOrder(ground: Ground, caller: AccountCaller, { wanted, repeat }: OrderWish): Promise<Order> {
  const { partnerId } = await requireAgent(ground.db, caller, 'order.place');
  const target = readTarget(wanted);
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const offer = await lockOfferToOrder(change, { id: wanted.offerId, partnerId });
    if (!offer) throw new AppError('notFound');
    await lockStream(change.db, offer.row.customerId);
    const teams = await findTeamsOfCustomers(ground, change.db, [offer.row.customerId]);
    const next = decidePlace({
      offer: { state: offer.row.state, orderId: offer.row.orderId ?? undefined },
      target,
      customersTeams: teams.map(({ team }) => team),
      review: await wantsReview(change.db, offer.row.id),
      disputed: offer.row.disputedAt !== null,
    });
    if (!next.ok) throw new AppError(next.reason === 'teamNotFound' ? 'notFound' : next.reason);
    const id = await insertPlaced(ground, change, { offer, caller, target });
    const teamId =
      next.value.state !== 'pending' && next.value.destination?.kind === 'team' ? next.value.destination.teamId : null;
    await change.record(offer.row.customerId, 'orderPlaced', { orderId: id, offerId: offer.row.id, teamId });
    await advanceOrder(ground, change, { id, next: next.value });
    return readOrder(ground, change.db, id);
  });
}

interface Placed {
  readonly offer: OfferWithLines;
  readonly caller: AccountCaller;
  readonly target: TeamTarget;
}

async function insertPlaced(ground: Ground, change: Change, { offer, caller, target }: Placed): Promise<OrderId> {
  const id = change.newId('ord');
  const { row, lines } = offer;
  await insertOrder(change.db, {
    id,
    number: await newNumber(ground, change.db),
    offerId: row.id,
    customerId: row.customerId,
    partnerId: row.partnerId,
    teamId: null,
    teamName: 'teamId' in target ? null : (target.teamName ?? null),
    ownerEmail: 'teamId' in target ? null : (target.ownerEmail ?? null),
    state: 'acknowledged',
    reason: null,
    refusedText: null,
    releasedAt: null,
    placedBy: caller.accountId,
    placedAt: change.at,
    completedAt: null,
  });
  const items = lines.map(({ position, productId, quantity, termMonths }) => ({
    ...{ id: change.newId('item'), orderId: id, position, productId, quantity, termMonths },
    action: 'add' as const,
    state: 'acknowledged' as const,
  }));
  await insertItems(change.db, items);
  return id;
}

async function newNumber(ground: Standing, db: Db): Promise<string> {
  return `O-${todayOf(ground).slice(0, 4)}-${String(await nextOrderNumber(db)).padStart(6, '0')}`;
}
