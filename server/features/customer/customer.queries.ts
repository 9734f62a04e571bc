import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { AccountId, CustomerId } from '../../../domain/id.ts';
import type { SearchKey } from '../../../domain/search-key.ts';
import type { Db, Tables } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside, seesSale } from '../../db/sight.ts';
import type { Sight } from './customer.policy.ts';

function selectCustomers(db: Db) {
  return db
    .selectFrom('customer as c')
    .innerJoin('partner as p', 'p.id', 'c.partnerId')
    .select([
      'c.id',
      'c.customerNumber',
      'c.name',
      'c.country',
      'c.language',
      'c.coreLicences',
      'c.contactName',
      'c.contactEmail',
      'c.partnerId',
      'p.name as partnerName',
    ]);
}

/** Where the policy lets the caller see a customer that the caller has to do with. */
function isSeen(viewer: Viewer, { all, partnerId, customerIds }: Sight) {
  return sql<boolean>`(
    (${all}::boolean or c.partner_id = ${partnerId}::text or c.id = any(${customerIds}::text[]))
    and ${seesSale(viewer, { partnerId: 'c.partnerId', customerId: 'c.id' })})`;
}

export async function findCustomerRow(db: Db, id: CustomerId) {
  return selectCustomers(db).where('c.id', '=', id).executeTakeFirst();
}

export async function findSeenCustomer(db: Db, viewer: Viewer, { sight, id }: { sight: Sight; id: CustomerId }) {
  return selectCustomers(db).where('c.id', '=', id).where(isSeen(viewer, sight)).executeTakeFirst();
}

export interface CustomerSearch {
  readonly sight: Sight;
  /** The start of a number; undefined where no number was typed. */
  readonly number: string | undefined;
  /** A part of the name. */
  readonly name: SearchKey | undefined;
  readonly limit: number;
  readonly after: string | undefined;
}

/** Customers by name, the exact order of {@link SearchKey}; one more than the limit tells that there is a next page. */
export async function listCustomerRows(db: Db, viewer: Viewer, search: CustomerSearch) {
  const { sight, number, name, limit, after } = search;
  let query = selectCustomers(db)
    .where(isSeen(viewer, sight))
    .orderBy('c.searchKey')
    .orderBy('c.id')
    .limit(limit + 1);
  if (after !== undefined) {
    query = query.where(
      // The place of a customer that is not seen would tell its name.
      sql<boolean>`(c.search_key, c.id) > (
        select l.search_key, l.id from (select c.* from customer c where c.id = ${after} and ${isSeen(viewer, sight)}) l)`,
    );
  }
  if (number !== undefined || name !== undefined) {
    query = query.where((eb) =>
      eb.or([
        ...(number !== undefined ? [eb('c.customerNumber', 'like', `${number}%`)] : []),
        ...(name !== undefined ? [sql<boolean>`position(${name}::text in c.search_key) > 0`] : []),
      ]),
    );
  }
  return query.execute();
}

/** The customers whose teams an account is an accepted member of, with its role. */
export async function listCustomerRoles(db: Db, accountId: AccountId) {
  const rows = await db
    .selectFrom('member as m')
    .innerJoin('team as t', 't.id', 'm.teamId')
    .select(['t.customerId', 'm.role'])
    .where('m.accountId', '=', accountId)
    .where('m.state', '=', 'accepted')
    .where('t.customerId', 'is not', null)
    .execute();
  return rows.flatMap(({ customerId, role }) => (customerId ? [{ customerId, role }] : []));
}

export interface TeamsOfCustomers {
  readonly customerIds: readonly CustomerId[];
  readonly today: CalendarDate;
  /** Somebody who is in one of the teams and sees that one alone. */
  readonly insider?: Viewer | undefined;
}

/** The teams of customers with what their agent sees of them, by name. Licences count while they work. */
export async function listTeamsOfCustomers(db: Db, { customerIds, today, insider }: TeamsOfCustomers) {
  let query = db
    .selectFrom('team as t')
    .innerJoin('member as o', 'o.id', 't.ownerMemberId')
    .leftJoin('account as a', 'a.id', 'o.accountId')
    .select((eb) => [
      't.id',
      't.customerId',
      't.name',
      't.claimedAt',
      'o.email as ownerEmail',
      'a.name as ownerName',
      eb
        .selectFrom('member as m')
        .select((m) => m.fn.countAll<number>().as('count'))
        .whereRef('m.teamId', '=', 't.id')
        .where('m.state', '<>', 'removed')
        .as('memberCount'),
      eb
        .selectFrom('subscription as s')
        .innerJoin('product as p', 'p.id', 's.productId')
        .select((s) => s.fn.sum<number>('s.quantity').as('count'))
        .whereRef('s.teamId', '=', 't.id')
        .where('p.kind', '=', 'namedLicence')
        .where(works(today))
        .as('licenceCount'),
    ])
    .where('t.customerId', 'in', customerIds)
    .orderBy('t.nameKey')
    .orderBy('t.id');
  if (insider) query = query.where(seesInside(insider, 't.id'));
  const rows = await query.execute();
  return rows.map(({ claimedAt, memberCount, licenceCount, customerId, ...row }) => ({
    // The rows are those whose customer is one of the given ones.
    customerId: customerId as CustomerId,
    team: { ...row, claimed: claimedAt !== null, memberCount: memberCount ?? 0, licenceCount: licenceCount ?? 0 },
  }));
}

/** Whether the subscription `s` is active or in grace on a day. */
function works(today: CalendarDate) {
  return sql<boolean>`(s.state = 'active' and s.ends_on + s.grace_days >= ${today}::date)`;
}

/** Licences of each product that work in the customer's teams. */
export async function countActive(db: Db, customerId: CustomerId, today: CalendarDate) {
  return db
    .selectFrom('subscription as s')
    .innerJoin('team as t', 't.id', 's.teamId')
    .select((eb) => ['s.productId', eb.fn.sum<number>('s.quantity').as('quantity')])
    .where('t.customerId', '=', customerId)
    .where(works(today))
    .groupBy('s.productId')
    .execute();
}

/** Licences of each product in orders that are on their way. */
export async function countOnOrder(db: Db, customerId: CustomerId) {
  return db
    .selectFrom('orderItem as i')
    .innerJoin('order as o', 'o.id', 'i.orderId')
    .select((eb) => ['i.productId', eb.fn.sum<number>('i.quantity').as('quantity')])
    .where('o.customerId', '=', customerId)
    .where('o.state', 'not in', ['completed', 'cancelled'])
    .where('i.action', '=', 'add')
    .groupBy('i.productId')
    .execute();
}

/** Adds a customer whose stream is there already; answers false where another one has the number, even just now. */
export async function insertCustomer(db: Db, row: Insertable<Tables['customer']>): Promise<boolean> {
  const inserted = await db
    .insertInto('customer')
    .values(row)
    .onConflict((conflict) => conflict.column('customerNumber').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Removes the stream of a customer that was not added after all; it has no events yet. */
export async function deleteEmptyStream(db: Db, id: CustomerId): Promise<void> {
  await db.deleteFrom('stream').where('id', '=', id).where('head', '=', 0).execute();
}
