import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { OrderId, TeamId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { findProducts, staffMailboxes } from '../catalogue/catalogue.service.ts';
import type { SubscriptionAdded } from '../licence/subscription.service.ts';
import { addSubscription } from '../licence/subscription.service.ts';
import { claimLinkOf } from '../team/claim.service.ts';
import type { ItemRow, OrderRow } from './order.queries.ts';
import { findDestination, listItemRows, listStuckOrders, lockOrderRow, updateOrder } from './order.queries.ts';
import { oweCompleted, oweFailed } from './order-notice.ts';
import { PROCESS_ORDER } from './order-step.service.ts';

/**
 * Adds an order's licences and storage to its team, exactly once.
 *
 * It decides by the state that it finds under the order's lock, and all that it does is one transaction: a job that runs
 * twice, or after somebody held the order, does nothing; one that was killed has done nothing.
 */
export async function provisionOrder(ground: Ground, id: OrderId): Promise<void> {
  await transact(ground, { actor: systemActor }, async (change) => {
    const order = await lockOrderRow(change.db, id);
    if (order?.state !== 'inProgress' || !order.teamId) return {};
    await lockStream(change.db, order.customerId);
    await lockStream(change.db, order.teamId);
    const items = await listItemRows(change.db, [id]);
    const added = await addItems(change, { items, teamId: order.teamId, today: todayOf(ground) });
    await updateOrder(change.db, id, { state: 'completed', completedAt: change.at });
    await change.record(order.customerId, 'orderCompleted', {
      orderId: id,
      teamId: order.teamId,
      subscriptionIds: added.map((subscription) => subscription.id),
    });
    await tellCompleted(change, order, { items, teamId: order.teamId, added });
    return {};
  });
}

interface Provision {
  readonly items: readonly ItemRow[];
  readonly teamId: TeamId;
  readonly today: CalendarDate;
}

async function addItems(change: Change, { items, teamId, today }: Provision): Promise<SubscriptionAdded[]> {
  const products = new Map((await findProducts(change.db)).map((product) => [product.id, product]));
  const added: SubscriptionAdded[] = [];
  for (const { id, productId, quantity, termMonths, storageBytes } of items) {
    const product = products.get(productId);
    if (!product) throw new Error(`The order item ${id} has no product`);
    added.push(
      await addSubscription(change, {
        teamId,
        product,
        orderItemId: id,
        quantity,
        termMonths,
        storageBytesEach: storageBytes / quantity,
        startsOn: today,
      }),
    );
  }
  return added;
}

async function tellCompleted(
  change: Change,
  order: OrderRow,
  { items, teamId, added }: { items: readonly ItemRow[]; teamId: TeamId; added: readonly SubscriptionAdded[] },
): Promise<void> {
  const team = await findDestination(change.db, teamId);
  const [endsOn] = added.map((subscription) => subscription.endsOn).toSorted();
  if (!team || !endsOn) throw new Error(`The order ${order.id} has added nothing`);
  const claimLinkId = team.claimedAt ? undefined : await claimLinkOf(change, teamId);
  await oweCompleted(change, order, { items, team, endsOn, claimLinkId });
}

/**
 * An order that cannot be processed comes before the back office, which is told and can have it processed again.
 *
 * Nothing of it was done: each try is one transaction.
 */
export async function failOrder(ground: Ground, id: OrderId, error: unknown): Promise<void> {
  await transact(ground, { actor: systemActor }, async (change) => {
    const order = await lockOrderRow(change.db, id);
    if (order?.state !== 'inProgress') return {};
    await updateOrder(change.db, id, { state: 'failed' });
    const code = error instanceof AppError ? error.code : 'internalError';
    await change.record(order.customerId, 'orderFailed', { orderId: id, code });
    await oweFailed(change, order, await staffMailboxes(ground, change.db));
    return {};
  });
}

/** The orders whose processing is owed at this moment. */
export function listUnfinishedOrders({ db, clock }: Ground): Promise<OrderId[]> {
  return listStuckOrders(db, clock.now());
}

const STUCK_MILLISECONDS = 15 * 60_000;

/** Queues once more what is still being processed long after it was placed; an order that is done by then is left alone. */
export async function requeueStuckOrders(ground: Ground): Promise<void> {
  const placedBefore = new Date(ground.clock.now().getTime() - STUCK_MILLISECONDS);
  for (const orderId of await listStuckOrders(ground.db, placedBefore)) {
    await ground.jobs.queue(ground.db, PROCESS_ORDER, { orderId });
  }
}
