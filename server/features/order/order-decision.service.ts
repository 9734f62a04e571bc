import type { Order } from '../../../contract/order.ts';
import type { OfferId, OrderId } from '../../../domain/id.ts';
import type { TargetFinding } from '../../../domain/order.ts';
import { decideDispute, decideProcess, decideRefuse, findTarget } from '../../../domain/order.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { requireStaff } from '../catalogue/catalogue.service.ts';
import { findTeamsOfCustomers } from '../customer/customer.service.ts';
import { endLink } from '../link/link.service.ts';
import { lockOfferOfLink, markOfferDisputed } from '../offer/offer-answer.service.ts';
import type { OrderRow } from './order.queries.ts';
import { lockOrderRow, updateOrder } from './order.queries.ts';
import { readOrder } from './order.service.ts';
import { oweRefused } from './order-notice.ts';
import { advanceOrder, holdOrder } from './order-step.service.ts';

export interface Decision {
  readonly id: OrderId;
  readonly repeat: Repeat | undefined;
}

/** Vendor staff release an order that is held, or have one that failed processed again: it is processed, or waits for its team where that is not known yet. */
export async function processOrder(ground: Ground, caller: AccountCaller, { id, repeat }: Decision): Promise<Order> {
  await requireStaff(ground.db, caller, 'order.process');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const order = await lockOrderRow(change.db, id);
    if (!order) throw new AppError('notFound');
    await lockStream(change.db, order.customerId);
    const next = decideProcess({ state: order.state, target: await targetOf(ground, change, order) });
    if (!next.ok) throw new AppError(next.reason);
    await updateOrder(change.db, id, { releasedAt: change.at });
    await change.record(order.customerId, 'orderReleased', { orderId: id });
    await advanceOrder(ground, change, { id, next: next.value });
    return readOrder(ground, change.db, id);
  });
}

/** The order's team, or what its names find today. */
async function targetOf(ground: Ground, change: Change, order: OrderRow): Promise<TargetFinding> {
  if (order.teamId) return { kind: 'team', teamId: order.teamId };
  const teams = await findTeamsOfCustomers(ground, change.db, [order.customerId]);
  const { teamName, ownerEmail } = order;
  const named = { teamName: teamName ?? undefined, ownerEmail: ownerEmail ?? undefined };
  const finding = findTarget(
    named,
    teams.map(({ team }) => team),
  );
  return finding ?? { kind: 'pending', reason: 'noTeamMatches', candidates: [] };
}

export interface Refusal extends Decision {
  readonly reason: string;
}

/** Vendor staff refuse an order that is held or has failed; customer and agent are told why. */
export async function refuseOrder(
  ground: Ground,
  caller: AccountCaller,
  { id, reason, repeat }: Refusal,
): Promise<Order> {
  await requireStaff(ground.db, caller, 'order.process');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const order = await lockOrderRow(change.db, id);
    if (!order) throw new AppError('notFound');
    const decided = decideRefuse(order.state);
    if (!decided.ok) throw new AppError(decided.reason);
    await updateOrder(change.db, id, { ...decided.value, reason: 'refused', refusedText: reason });
    await endLink(change, 'completeOrder', id);
    await change.record(order.customerId, 'orderRefused', { orderId: id });
    await oweRefused(change, order, reason);
    return readOrder(ground, change.db, id);
  });
}

/**
 * The customer says that nobody there accepted on the phone, inside the change of the link that says so.
 *
 * An order that is not completed is held, and staff and agent are told. Where there is no order yet the offer is marked,
 * so that its order will be held as soon as somebody places it.
 *
 * @returns Whether that stops the order: false where it was completed before.
 */
export async function disputeAcceptance(ground: Ground, change: Change, offerId: OfferId): Promise<{ held: boolean }> {
  const offer = await lockOfferOfLink(change, offerId);
  const order = offer.orderId ? await lockOrderRow(change.db, offer.orderId) : undefined;
  await markOfferDisputed(change, offer);
  if (!order) return { held: true };
  const decided = decideDispute(order.state);
  if (decided.ok || (decided.reason === 'orderHeld' && order.reason !== 'disputed')) {
    await holdOrder(ground, change, { id: order.id, teamId: order.teamId, reason: 'disputed' });
  }
  return { held: order.state !== 'completed' };
}
