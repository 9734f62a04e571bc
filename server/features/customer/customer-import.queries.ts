import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { CustomerId } from '../../../domain/id.ts';
import type { Db, Tables } from '../../db/database.ts';

/** Active partners by their keys. */
export async function listPartnerKeys(db: Db) {
  return db.selectFrom('partner').select(['id', 'key']).where('retired', '=', false).execute();
}

type CustomerRow = Tables['customer'];

/** The customers that have these numbers, locked, in the order of their ids. */
export async function lockCustomersByNumber(db: Db, customerNumbers: readonly string[]) {
  return db
    .selectFrom('customer')
    .selectAll()
    .where('customerNumber', '=', sql<string>`any(${customerNumbers}::text[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** Adds customers with their streams. */
export async function insertCustomers(db: Db, rows: readonly Insertable<CustomerRow>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('stream')
    .values(rows.map(({ id }) => ({ id })))
    .execute();
  await db.insertInto('customer').values(rows).execute();
}

/** Writes all columns of customers that are there. */
export async function updateCustomers(db: Db, rows: readonly Insertable<CustomerRow>[]): Promise<void> {
  for (const { id, ...columns } of rows) {
    await db.updateTable('customer').set(columns).where('id', '=', id).execute();
  }
}

/** An event of one customer, as {@link appendEvents} writes it. */
export interface CustomerEvent {
  readonly customerId: CustomerId;
  readonly kind: 'customerAdded' | 'customerChanged';
  readonly data: object;
}

/** Appends events of many streams in one statement; one by one, a long file would take as many round trips. */
export async function appendEvents(db: Db, at: Date, events: readonly CustomerEvent[]): Promise<void> {
  const ids = events.map(({ customerId }) => customerId);
  const kinds = events.map(({ kind }) => kind);
  const data = events.map((event) => JSON.stringify(event.data));
  await sql`
    select count(append_event(e.id, ${at}, e.kind, 'system', 'system', e.data::jsonb))
      from unnest(${ids}::text[], ${kinds}::text[], ${data}::text[]) as e (id, kind, data)
  `.execute(db);
}
