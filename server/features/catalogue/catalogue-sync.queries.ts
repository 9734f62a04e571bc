import type { Insertable, Updateable } from 'kysely';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { ApplicationId, PartnerId, ProductId } from '../../../domain/id.ts';
import type { Db, Tables } from '../../db/database.ts';
import type { PriceTable } from '../../db/tables.ts';

export async function insertProduct(db: Db, row: Insertable<Tables['product']>): Promise<void> {
  await db.insertInto('product').values(row).execute();
}

export async function updateProduct(db: Db, id: ProductId, set: Updateable<Tables['product']>): Promise<void> {
  await db.updateTable('product').set(set).where('id', '=', id).execute();
}

export async function upsertPrice(db: Db, row: PriceTable): Promise<void> {
  await db
    .insertInto('price')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['productId', 'termMonths', 'currency'])
        .doUpdateSet((eb) => ({ unitPriceMinor: eb.ref('excluded.unitPriceMinor') })),
    )
    .execute();
}

export async function deletePrice(db: Db, { productId, termMonths, currency }: PriceTable): Promise<void> {
  await db
    .deleteFrom('price')
    .where('productId', '=', productId)
    .where('termMonths', '=', termMonths)
    .where('currency', '=', currency)
    .execute();
}

export async function insertPartner(db: Db, row: Insertable<Tables['partner']>): Promise<void> {
  await db.insertInto('partner').values(row).execute();
}

export async function updatePartner(db: Db, id: PartnerId, set: Updateable<Tables['partner']>): Promise<void> {
  await db.updateTable('partner').set(set).where('id', '=', id).execute();
}

/** Makes these the partner's agents. One who acted for another partner goes over. */
export async function replaceAgents(db: Db, partnerId: PartnerId, emails: readonly EmailAddress[]): Promise<void> {
  await db.deleteFrom('agent').where('partnerId', '=', partnerId).execute();
  if (emails.length === 0) return;
  await db
    .insertInto('agent')
    .values(emails.map((email) => ({ email, partnerId })))
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ partnerId }))
    .execute();
}

export async function replaceStaff(db: Db, emails: readonly EmailAddress[]): Promise<void> {
  await db.deleteFrom('staff').execute();
  if (emails.length > 0)
    await db
      .insertInto('staff')
      .values(emails.map((email) => ({ email })))
      .execute();
}

export async function insertApplication(db: Db, row: Insertable<Tables['application']>): Promise<void> {
  await db.insertInto('application').values(row).execute();
}

export async function updateApplication(
  db: Db,
  id: ApplicationId,
  set: Updateable<Tables['application']>,
): Promise<void> {
  await db.updateTable('application').set(set).where('id', '=', id).execute();
}

export async function replaceApplicationProducts(
  db: Db,
  applicationId: ApplicationId,
  productIds: readonly ProductId[],
): Promise<void> {
  await db.deleteFrom('applicationProduct').where('applicationId', '=', applicationId).execute();
  if (productIds.length === 0) return;
  await db
    .insertInto('applicationProduct')
    .values(productIds.map((productId) => ({ applicationId, productId })))
    .execute();
}
