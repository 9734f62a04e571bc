import { sql } from 'kysely';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { ApplicationId, TokenId } from '../../../domain/id.ts';
import type { Currency } from '../../../domain/money.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { isStaff } from '../../db/sight.ts';

export type ProductRow = Awaited<ReturnType<typeof listProductRows>>[number];

/** Every product in the order of the deployment's file, retired ones last. */
export async function listProductRows(db: Db) {
  return db.selectFrom('product').selectAll().orderBy('retired').orderBy('position').orderBy('id').execute();
}

export async function listPriceRows(db: Db, currency?: Currency) {
  let query = db.selectFrom('price').selectAll().orderBy('productId').orderBy('currency').orderBy('termMonths');
  if (currency !== undefined) query = query.where('currency', '=', currency);
  return query.execute();
}

/** @param viewer Who reads them, of which vendor staff sees all and others none; without one they are read for the server itself. */
export async function listPartnerRows(db: Db, viewer?: Viewer) {
  return db.selectFrom('partner').selectAll().where(isOpenTo(viewer)).orderBy('name').orderBy('id').execute();
}

/** Agents, as {@link listPartnerRows} has their partners. */
export async function listAgentRows(db: Db, viewer?: Viewer) {
  return db.selectFrom('agent').selectAll().where(isOpenTo(viewer)).orderBy('email').execute();
}

const isOpenTo = (viewer: Viewer | undefined) => (viewer ? isStaff(viewer) : sql<boolean>`true`);

export async function listStaffRows(db: Db) {
  return db.selectFrom('staff').selectAll().orderBy('email').execute();
}

/** Applications with the ids of their products. */
export async function listApplicationRows(db: Db) {
  const applications = await db.selectFrom('application').selectAll().orderBy('name').orderBy('id').execute();
  const products = await db.selectFrom('applicationProduct').selectAll().orderBy('productId').execute();
  return applications.map((application) => ({
    ...application,
    productIds: products.filter((one) => one.applicationId === application.id).map(({ productId }) => productId),
  }));
}

/** The partner that somebody with this address acts for. A retired partner has no agents. */
export async function findAgentRow(db: Db, email: EmailAddress) {
  return db
    .selectFrom('agent as a')
    .innerJoin('partner as p', 'p.id', 'a.partnerId')
    .select(['p.id as partnerId', 'p.name as partnerName', 'p.currency', 'p.discountLimitBasisPoints'])
    .where('a.email', '=', email)
    .where('p.retired', '=', false)
    .executeTakeFirst();
}

export async function findStaffRow(db: Db, email: EmailAddress) {
  return db.selectFrom('staff').select('email').where('email', '=', email).executeTakeFirst();
}

/** Staff with the language of their account; null for who has none yet. */
export async function listStaffMailboxes(db: Db) {
  return db
    .selectFrom('staff as s')
    .leftJoin('account as a', 'a.email', 's.email')
    .select(['s.email', 'a.language'])
    .orderBy('s.email')
    .execute();
}

export async function findApplicationRow(db: Db, key: string) {
  return db
    .selectFrom('application')
    .selectAll()
    .where('key', '=', key)
    .where('retired', '=', false)
    .executeTakeFirst();
}

export interface NewApplicationKey {
  readonly id: TokenId;
  readonly applicationId: ApplicationId;
  readonly hash: Buffer;
  readonly createdAt: Date;
}

export async function insertApplicationKey(db: Db, key: NewApplicationKey): Promise<void> {
  await db
    .insertInto('applicationKey')
    .values({ ...key, revokedAt: null })
    .execute();
}
