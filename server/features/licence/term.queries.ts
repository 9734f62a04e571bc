import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { LicenceId, MemberId, ProductId, SubscriptionId, TeamId } from '../../../domain/id.ts';
import type { Licence, LicencePool } from '../../../domain/licence.ts';
import type { TermStep } from '../../../domain/term-step.ts';
import type { Db } from '../../db/database.ts';

/** Subscriptions whose term is near its end or past it, and that were not told or closed to the last. */
export async function listDueSubscriptions(
  db: Db,
  today: CalendarDate,
): Promise<{ id: SubscriptionId; teamId: TeamId }[]> {
  return db
    .selectFrom('subscription')
    .select(['id', 'teamId'])
    .where('state', '<>', 'terminated')
    .where(sql<boolean>`ends_on <= ${today}::date + 60`)
    .orderBy('endsOn')
    .execute();
}

export async function findTerm(db: Db, id: SubscriptionId) {
  return db
    .selectFrom('subscription as s')
    .innerJoin('product as p', 'p.id', 's.productId')
    .innerJoin('team as t', 't.id', 's.teamId')
    .innerJoin('member as o', 'o.id', 't.ownerMemberId')
    .leftJoin('account as a', 'a.id', 'o.accountId')
    .leftJoin('customer as c', 'c.id', 't.customerId')
    .select([
      's.id',
      's.teamId',
      's.productId',
      's.quantity',
      's.endsOn',
      's.graceDays',
      's.suspendedDays',
      's.state',
      's.notifiedStep',
      'p.name as productName',
      't.name as teamName',
      'o.email as ownerEmail',
      'a.language as ownerLanguage',
      'c.language as customerLanguage',
    ])
    .where('s.id', '=', id)
    .executeTakeFirst();
}

export async function markStep(db: Db, id: SubscriptionId, step: TermStep): Promise<void> {
  await db.updateTable('subscription').set({ notifiedStep: step }).where('id', '=', id).execute();
}

/** Takes a subscription and its licences out of use; the holders stay named. */
export async function suspendSubscription(db: Db, id: SubscriptionId): Promise<void> {
  await db.updateTable('subscription').set({ state: 'suspended' }).where('id', '=', id).execute();
  await db.updateTable('licence').set({ usable: false }).where('subscriptionId', '=', id).execute();
}

export async function terminateSubscription(db: Db, id: SubscriptionId): Promise<void> {
  await db.updateTable('subscription').set({ state: 'terminated' }).where('id', '=', id).execute();
  await db.updateTable('licence').set({ usable: false }).where('subscriptionId', '=', id).execute();
}

/** The licences of one product in a team as the rules see them. */
export async function readPool(
  db: Db,
  { teamId, productId, today }: { teamId: TeamId; productId: ProductId; today: CalendarDate },
): Promise<LicencePool> {
  const subscriptions = await db
    .selectFrom('subscription')
    .select(['id', 'endsOn', 'graceDays', 'suspendedDays'])
    .where('teamId', '=', teamId)
    .where('productId', '=', productId)
    .where('state', '<>', 'terminated')
    .execute();
  const rows = await db
    .selectFrom('licence')
    .select(['id', 'subscriptionId', 'number', 'state', 'memberId'])
    .where('teamId', '=', teamId)
    .where('productId', '=', productId)
    .where('subscriptionId', 'in', (eb) =>
      eb
        .selectFrom('subscription as s')
        .select('s.id')
        .where('s.teamId', '=', teamId)
        .where('s.state', '<>', 'terminated'),
    )
    .execute();
  const licences = rows.map(
    ({ state, memberId, ...rest }): Licence => ({
      ...rest,
      holderId: state === 'held' ? memberId : null,
      reservedForId: state === 'reserved' ? memberId : null,
    }),
  );
  return { subscriptions, licences, today };
}

/** Who has a licence of this subscription, by holding or reservation. */
export async function listTaken(
  db: Db,
  id: SubscriptionId,
): Promise<{ licenceId: LicenceId; memberId: MemberId; state: 'held' | 'reserved' }[]> {
  const rows = await db
    .selectFrom('licence')
    .select(['id as licenceId', 'memberId', 'state'])
    .where('subscriptionId', '=', id)
    .where('state', '<>', 'free')
    .orderBy('number')
    .execute();
  return rows.flatMap(({ licenceId, memberId, state }) =>
    memberId && state !== 'free' ? [{ licenceId, memberId, state }] : [],
  );
}
