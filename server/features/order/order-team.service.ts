import type { ErrorCode } from '../../../contract/error-code.ts';
import type { Order } from '../../../contract/order.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { CustomerId, OrderId, TeamId } from '../../../domain/id.ts';
import type { NextOrderState, OrderTarget } from '../../../domain/order.ts';
import { decideComplete } from '../../../domain/order.ts';
import { parseTeamName, teamNameKey } from '../../../domain/team-name.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { findTeamsOfCustomers } from '../customer/customer.service.ts';
import { endLink } from '../link/link.service.ts';
import type { OrderRow } from './order.queries.ts';
import {
  findCompletionNotice,
  findOrderRow,
  listFreeTeams,
  listItemRows,
  lockNamedPending,
  lockOrderRow,
  updateOrder,
  wantsReview,
} from './order.queries.ts';
import { readOrder, requireOrder } from './order.service.ts';
import { oweCompletion } from './order-notice.ts';
import { advanceOrder } from './order-step.service.ts';
import type { TeamSaid } from './order-target.ts';
import { requireTarget } from './order-target.ts';

/** Why an order goes on waiting after somebody named a team for it. */
export type NotMatched = Extract<ErrorCode, 'teamNotMatched' | 'severalTeamsMatched'>;

export interface OrderCompletion {
  readonly id: OrderId;
  readonly said: TeamSaid;
  readonly repeat: Repeat | undefined;
}

/**
 * Names the team of a pending order.
 *
 * @throws AppError `teamNotMatched` or `severalTeamsMatched`, after what was said has been kept: a team without customer
 *   may be the one that is meant, and its owner is asked.
 */
export async function completeOrder(
  ground: Ground,
  caller: AccountCaller,
  { id, said, repeat }: OrderCompletion,
): Promise<Order> {
  await requireOrder(ground.db, caller, { id, action: 'order.complete' });
  const target = requireTarget(said);
  const done = await transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const order = await requirePending(change, id);
    const result = await nameTeam(ground, change, { order, target });
    if (typeof result !== 'string') await endLink(change, 'completeOrder', id);
    return result;
  });
  if (typeof done === 'string') throw new AppError(done);
  return done;
}

export interface LinkCompletion {
  readonly id: OrderId;
  readonly teamName: string;
  readonly ownerEmail: string;
  /** Whether a team is made where none of the customer's has that name and owner. */
  readonly makeTeam: boolean;
}

/**
 * {@link completeOrder} for the bearer of the completion link, inside the change of that link.
 *
 * @returns The order, and then the link is used up; or why it goes on waiting, and then the link stays. The change
 *   commits either way, and the caller throws the code afterwards.
 */
export async function completeOrderByLink(
  ground: Ground,
  change: Change,
  { id, teamName, ownerEmail, makeTeam }: LinkCompletion,
): Promise<Order | NotMatched> {
  const address = parseEmailAddress(ownerEmail);
  if (!address) throw invalidField('ownerEmail', 'expected an e-mail address');
  if (!parseTeamName(teamName)) throw invalidField('teamName', 'expected 1 to 80 visible characters');
  const named = { teamName, ownerEmail: address };
  const order = await requirePending(change, id);
  return nameTeam(ground, change, { order, target: makeTeam ? { newTeam: named } : named });
}

async function requirePending(change: Change, id: OrderId): Promise<OrderRow> {
  const order = await lockOrderRow(change.db, id);
  if (order?.state !== 'pending') throw new AppError('orderNotPending');
  return order;
}

async function nameTeam(
  ground: Ground,
  change: Change,
  { order, target }: { order: OrderRow; target: OrderTarget },
): Promise<Order | NotMatched> {
  const next = await decideNamed(ground, change, { order, target });
  await keepNames(change, order, target);
  await applyNamed(ground, change, { order, next });
  if (next.state === 'pending') return next.reason === 'severalTeamsMatch' ? 'severalTeamsMatched' : 'teamNotMatched';
  return readOrder(ground, change.db, order.id);
}

async function decideNamed(
  ground: Ground,
  change: Change,
  { order, target }: { order: OrderRow; target: OrderTarget },
): Promise<NextOrderState> {
  await lockStream(change.db, order.customerId);
  const teams = await findTeamsOfCustomers(ground, change.db, [order.customerId]);
  // What the vendor has released is not held again for the same reason.
  const released = order.releasedAt !== null;
  const next = decideComplete({
    order,
    target,
    customersTeams: teams.map(({ team }) => team),
    review: !released && (await wantsReview(change.db, order.offerId)),
    disputed: !released && order.disputedAt !== null,
  });
  if (!next.ok) throw new AppError(next.reason === 'teamNotFound' ? 'notFound' : next.reason);
  return next.value;
}

async function keepNames(change: Change, { id }: OrderRow, target: OrderTarget): Promise<void> {
  if ('teamId' in target) return;
  const { teamName, ownerEmail } = 'newTeam' in target ? target.newTeam : target;
  await updateOrder(change.db, id, { teamName: teamName ?? null, ownerEmail: ownerEmail ?? null });
}

async function applyNamed(
  ground: Ground,
  change: Change,
  { order, next }: { order: OrderRow; next: NextOrderState },
): Promise<void> {
  await advanceOrder(ground, change, { id: order.id, next });
  if (next.state === 'pending') return;
  const { teamId } = (await findOrderRow(change.db, order.id)) ?? order;
  if (teamId) await change.record(order.customerId, 'orderTeamNamed', { orderId: order.id, teamId });
}

/** Mails the completion link again; the earlier one ends. */
export async function sendOrderLink(
  ground: Ground,
  caller: AccountCaller,
  { id, repeat }: { id: OrderId; repeat: Repeat | undefined },
): Promise<Order> {
  await requireOrder(ground.db, caller, { id, action: 'order.place' });
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const order = await requirePending(change, id);
    const before = await findCompletionNotice(change.db, id);
    const noticeId = await oweCompletion(change, order, await listItemRows(change.db, [id]));
    if (before) await change.record(order.customerId, 'noticeSentAgain', { noticeId, before: before.id });
    return readOrder(ground, change.db, id);
  });
}

/** What a team's owner is asked: whether the team belongs to the customer who orders for it. */
export interface Joining {
  readonly team: { readonly id: TeamId; readonly name: string };
  readonly customerId: CustomerId;
  readonly customerName: string;
  readonly customerNumber: string;
  readonly partnerName: string;
}

/** The question behind a `joinCustomer` link; undefined once order or team have gone another way. */
export async function findJoining({ db }: Pick<Ground, 'db'>, orderId: OrderId): Promise<Joining | undefined> {
  const order = await findOrderRow(db, orderId);
  if (order?.state !== 'pending' || !order.teamName || !order.ownerEmail) return undefined;
  const named = { nameKey: teamNameKey(order.teamName), ownerEmail: order.ownerEmail };
  const [team, ...others] = await listFreeTeams(db, named);
  if (!team || others.length > 0) return undefined;
  const { customerId, customerName, customerNumber, partnerName } = order;
  return { team: { id: team.id, name: team.name }, customerId, customerName, customerNumber, partnerName };
}

/** Matches the customer's waiting orders once more, because one of its teams is new. */
export async function rematchPendingOrders(ground: Ground, change: Change, customerId: CustomerId): Promise<void> {
  for (const order of await lockNamedPending(change.db, customerId)) {
    const target = { teamName: order.teamName ?? undefined, ownerEmail: order.ownerEmail ?? undefined };
    const next = await decideNamed(ground, change, { order, target });
    if (next.state === 'pending') continue;
    await applyNamed(ground, change, { order, next });
    await endLink(change, 'completeOrder', order.id);
  }
}
