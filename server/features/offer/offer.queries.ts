import type { Insertable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { CustomerId, OfferId, PartnerId } from '../../../domain/id.ts';
import type { OfferPhase } from '../../../domain/offer.ts';
import type { Db, Tables } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesSale } from '../../db/sight.ts';
import type { Sight } from '../customer/customer.policy.ts';

/** Offers with the names that people see beside them. */
function selectOffers(db: Db) {
  return db
    .selectFrom('offer as o')
    .innerJoin('customer as c', 'c.id', 'o.customerId')
    .innerJoin('partner as p', 'p.id', 'o.partnerId')
    .leftJoin('account as agent', 'agent.id', 'o.agentId')
    .leftJoin('account as recorder', 'recorder.id', 'o.acceptedRecordedBy')
    .leftJoin('order as placed', 'placed.offerId', 'o.id')
    .selectAll('o')
    .select([
      'c.customerNumber',
      'c.name as customerName',
      'c.contactName',
      'c.contactEmail',
      'p.name as partnerName',
      'agent.name as agentName',
      'agent.email as agentEmail',
      'agent.language as agentLanguage',
      'recorder.name as recorderName',
      'placed.id as orderId',
    ]);
}

export type OfferRow = Awaited<ReturnType<typeof getOfferRow>>;

export async function getOfferRow(db: Db, id: OfferId) {
  return selectOffers(db).where('o.id', '=', id).executeTakeFirstOrThrow();
}

export async function findOfferRow(db: Db, id: OfferId): Promise<OfferRow | undefined> {
  return selectOffers(db).where('o.id', '=', id).executeTakeFirst();
}

export async function findSeenOffer(
  db: Db,
  viewer: Viewer,
  { sight, id }: { sight: Sight; id: OfferId },
): Promise<OfferRow | undefined> {
  return selectOffers(db).where('o.id', '=', id).where(isSeen(viewer, sight)).executeTakeFirst();
}

/**
 * Locks an offer's row until the transaction ends, before anything is decided about it.
 *
 * It is read by a second statement: one that waited for the lock would still see the order table of before.
 *
 * @param partnerId An offer of another partner does not exist; left out for who comes by a link.
 */
export async function lockOfferRow(db: Db, id: OfferId, partnerId?: PartnerId): Promise<OfferRow | undefined> {
  let query = db.selectFrom('offer').select('id').where('id', '=', id).forNoKeyUpdate();
  if (partnerId !== undefined) query = query.where('partnerId', '=', partnerId);
  return (await query.executeTakeFirst()) && getOfferRow(db, id);
}

/** Where the policy lets the caller see an offer that the caller has to do with. */
function isSeen(viewer: Viewer, { all, partnerId, customerIds }: Sight) {
  return sql<boolean>`(
    (${all}::boolean or o.partner_id = ${partnerId}::text or o.customer_id = any(${customerIds}::text[]))
    and ${seesSale(viewer, { partnerId: 'o.partnerId', customerId: 'o.customerId' })})`;
}

export interface OfferPage {
  readonly sight: Sight;
  readonly customerId?: CustomerId | undefined;
  readonly phase?: OfferPhase | undefined;
  readonly today: CalendarDate;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Newest first; ids sort by the moment in which they were made. */
export async function listOfferRows(db: Db, viewer: Viewer, page: OfferPage): Promise<OfferRow[]> {
  let query = selectOffers(db)
    .where(isSeen(viewer, page.sight))
    .orderBy('o.id', 'desc')
    .limit(page.limit + 1);
  if (page.customerId !== undefined) query = query.where('o.customerId', '=', page.customerId);
  if (page.phase !== undefined) query = query.where(isInPhase(page.phase, page.today));
  // Any text may stand here: it is only compared.
  if (page.after !== undefined) query = query.where('o.id', '<', page.after as OfferId);
  return query.execute();
}

/** The domain's offerPhase, as a condition. */
function isInPhase(phase: OfferPhase, today: CalendarDate) {
  if (phase === 'expired') return sql<boolean>`o.state in ('inProgress', 'pending') and o.valid_until < ${today}::date`;
  if (phase === 'inProgress' || phase === 'pending') {
    return sql<boolean>`o.state = ${phase} and o.valid_until >= ${today}::date`;
  }
  return sql<boolean>`o.state = ${phase}`;
}

export type LineRow = Awaited<ReturnType<typeof listLineRows>>[number];

/** The lines of offers in their order, with the products' names. */
export async function listLineRows(db: Db, offerIds: readonly OfferId[]) {
  if (offerIds.length === 0) return [];
  return db
    .selectFrom('offerLine as l')
    .innerJoin('product as p', 'p.id', 'l.productId')
    .selectAll('l')
    .select(['p.name as productName', 'p.kind'])
    .where('l.offerId', 'in', offerIds)
    .orderBy('l.offerId')
    .orderBy('l.position')
    .execute();
}

/** The next serial number of an offer. Numbers of changes that failed are left out for good. */
export async function nextOfferNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ number: number }>`select nextval('offer_number') as number`.execute(db);
  return rows[0]?.number ?? 0;
}

export async function insertOffer(db: Db, row: Insertable<Tables['offer']>): Promise<void> {
  await db.insertInto('offer').values(row).execute();
}

export async function updateOffer(db: Db, id: OfferId, set: Updateable<Tables['offer']>): Promise<void> {
  await db.updateTable('offer').set(set).where('id', '=', id).execute();
}

export async function replaceLines(db: Db, offerId: OfferId, lines: readonly Tables['offerLine'][]): Promise<void> {
  await db.deleteFrom('offerLine').where('offerId', '=', offerId).execute();
  await db.insertInto('offerLine').values(lines).execute();
}

/** An offer's row with its lines. */
export interface OfferWithLines {
  readonly row: OfferRow;
  readonly lines: readonly LineRow[];
}
