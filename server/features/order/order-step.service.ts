import type { OrderId, TeamId } from '../../../domain/id.ts';
import type { Destination, HoldReason, NextOrderState, PendingReason } from '../../../domain/order.ts';
import { orderMayBecome } from '../../../domain/order.ts';
import { teamNameKey } from '../../../domain/team-name.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { staffMailboxes } from '../catalogue/catalogue.service.ts';
import { makeTeamForCustomer } from '../team/team.service.ts';
import type { OrderRow } from './order.queries.ts';
import { getOrderRow, listFreeTeams, listItemRows, updateOrder } from './order.queries.ts';
import { oweCompletion, oweHeld, oweJoining } from './order-notice.ts';

/** The queue whose job adds an order's licences and storage to its team. */
export const PROCESS_ORDER = 'order-process';

export interface OrderStep {
  readonly id: OrderId;
  readonly next: NextOrderState;
}

/**
 * Takes an order whose row is locked into its next state, with all that belongs to it: its team, the event, and the job
 * or the notices that it owes.
 */
export async function advanceOrder(ground: Ground, change: Change, { id, next }: OrderStep): Promise<void> {
  const order = await getOrderRow(change.db, id);
  if (order.state !== next.state && !orderMayBecome(order.state, next.state)) {
    throw new Error(`The order ${id} cannot go from ${order.state} to ${next.state}`);
  }
  if (next.state === 'pending') return waitForTeam(change, order, next.reason);
  const teamId = next.destination ? await settle(change, order, next.destination) : null;
  if (next.state === 'held') return holdOrder(ground, change, { id, teamId, reason: next.reason });
  await updateOrder(change.db, id, { state: 'inProgress', reason: null, teamId });
  await change.queue(PROCESS_ORDER, { orderId: id });
}

/** The order waits for its team: the contact gets the link by which it is named, at most once for the same wait. */
async function waitForTeam(change: Change, order: OrderRow, reason: PendingReason): Promise<void> {
  await updateOrder(change.db, order.id, { state: 'pending', reason });
  await change.record(order.customerId, 'orderPending', { orderId: order.id, reason });
  const pending = await getOrderRow(change.db, order.id);
  if (order.state !== 'pending') await oweCompletion(change, pending, await listItemRows(change.db, [order.id]));
  if (reason === 'noTeamMatches') await askFreeTeam(change, pending);
}

/**
 * Asks the owner of a team without customer that has the order's name and owner. The agent learns nothing of it: to
 * whoever ordered, no team matched. Where several have them nobody is asked, for one cannot tell which is meant.
 */
async function askFreeTeam(change: Change, order: OrderRow): Promise<void> {
  if (!order.teamName || !order.ownerEmail) return;
  const named = { nameKey: teamNameKey(order.teamName), ownerEmail: order.ownerEmail };
  const [team, ...others] = await listFreeTeams(change.db, named);
  if (team && others.length === 0) await oweJoining(change, order, team);
}

/** The team of the order; a new one is made now, because it is free whatever becomes of the order. */
async function settle(change: Change, order: OrderRow, destination: Destination): Promise<TeamId> {
  if (destination.kind === 'team') return destination.teamId;
  const { teamName, ownerEmail } = destination.newTeam;
  return makeTeamForCustomer(change, {
    customerId: order.customerId,
    partnerId: order.partnerId,
    name: teamName,
    ownerEmail,
    madeBy: change.actor.kind === 'account' ? change.actor.id : null,
  });
}

export interface Hold {
  readonly id: OrderId;
  readonly teamId: TeamId | null;
  readonly reason: HoldReason;
}

/** Puts an order before the back office. Staff find a review in their list; a dispute is mailed to them as well. */
export async function holdOrder(ground: Ground, change: Change, { id, teamId, reason }: Hold): Promise<void> {
  await updateOrder(change.db, id, { state: 'held', reason, teamId });
  const order = await getOrderRow(change.db, id);
  await change.record(order.customerId, 'orderHeld', { orderId: id, reason });
  await oweHeld(change, order, { reason, staff: reason === 'disputed' ? await staffMailboxes(ground, change.db) : [] });
}
