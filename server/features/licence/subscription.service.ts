import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { AllotmentId, OrderItemId, ProductId, SubscriptionId, TeamId } from '../../../domain/id.ts';
import type { Product } from '../../../domain/product.ts';
import { termFor } from '../../../domain/subscription.ts';
import type { Change } from '../../platform/transact.ts';
import { insertAllotment, insertLicences, insertSubscription } from './subscription.queries.ts';

/** What an order item adds to a team. */
export interface SubscriptionWanted {
  readonly teamId: TeamId;
  readonly product: Pick<Product, 'id' | 'kind' | 'policy'>;
  readonly orderItemId: OrderItemId;
  readonly quantity: number;
  readonly termMonths: number;
  /** Bytes that each licence or unit brings, as it was offered: the product may have changed since. */
  readonly storageBytesEach: number;
  readonly startsOn: CalendarDate;
}

/** A subscription that was added. */
export interface SubscriptionAdded {
  readonly id: SubscriptionId;
  readonly productId: ProductId;
  readonly endsOn: CalendarDate;
}

/**
 * Adds a subscription to a team: its numbered licences, its storage and the event.
 *
 * An order item adds one at most, which the database holds up against every repeat.
 */
export async function addSubscription(change: Change, wanted: SubscriptionWanted): Promise<SubscriptionAdded> {
  const { teamId, product, orderItemId, quantity } = wanted;
  const id = change.newId('sub');
  const term = termFor(wanted.startsOn, wanted.termMonths);
  await insertSubscription(change.db, {
    id,
    teamId,
    productId: product.id,
    orderItemId,
    quantity,
    ...term,
    graceDays: product.policy.graceDays,
    suspendedDays: product.policy.suspendedDays,
    state: 'active',
    notifiedStep: null,
    createdAt: change.at,
  });
  if (product.kind === 'namedLicence') await addLicences(change, id, wanted);
  const allotmentId = await addAllotment(change, id, wanted);
  await change.record(teamId, 'subscriptionAdded', {
    subscriptionId: id,
    productId: product.id,
    orderItemId,
    quantity,
    ...term,
    allotmentId,
    storageBytes: quantity * wanted.storageBytesEach,
  });
  return { id, productId: product.id, endsOn: term.endsOn };
}

async function addLicences(change: Change, id: SubscriptionId, wanted: SubscriptionWanted): Promise<void> {
  // Sorted, so that ids are in the order of the numbers.
  const licenceIds = Array.from({ length: wanted.quantity }, () => change.newId('lic')).toSorted();
  await insertLicences(change.db, { id, teamId: wanted.teamId, productId: wanted.product.id }, licenceIds);
}

async function addAllotment(
  change: Change,
  subscriptionId: SubscriptionId,
  { teamId, product, quantity, storageBytesEach }: SubscriptionWanted,
): Promise<AllotmentId | null> {
  if (storageBytesEach === 0) return null;
  const id = change.newId('alm');
  await insertAllotment(change.db, {
    id,
    teamId,
    subscriptionId,
    kind: product.kind === 'storage' ? 'bought' : 'included',
    quantity,
    bytesEach: storageBytesEach,
    bytes: quantity * storageBytesEach,
  });
  return id;
}
