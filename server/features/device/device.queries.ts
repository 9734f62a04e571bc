import type { Insertable, Updateable } from 'kysely';
import type { AccountId, ApplicationId, DeviceRequestId, TokenId } from '../../../domain/id.ts';
import type { Db, Tables } from '../../db/database.ts';

export type DeviceRequestRow = NonNullable<Awaited<ReturnType<typeof findRequestByUserCode>>>;

/** Keeps a new request; false where its user code is taken, which then wants another one. */
export async function insertRequest(db: Db, row: Insertable<Tables['deviceRequest']>): Promise<boolean> {
  const inserted = await db
    .insertInto('deviceRequest')
    .values(row)
    .onConflict((conflict) => conflict.column('userCode').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findRequestByUserCode(db: Db, userCode: string) {
  return db
    .selectFrom('deviceRequest')
    .innerJoin('application', 'application.id', 'deviceRequest.applicationId')
    .selectAll('deviceRequest')
    .select('application.name as applicationName')
    .where('userCode', '=', userCode)
    .executeTakeFirst();
}

/** {@link findRequestByUserCode} with the request's row locked: of two who decide at once, the second finds it decided. */
export async function lockRequestByUserCode(db: Db, userCode: string) {
  return db
    .selectFrom('deviceRequest')
    .innerJoin('application', 'application.id', 'deviceRequest.applicationId')
    .selectAll('deviceRequest')
    .select('application.name as applicationName')
    .where('userCode', '=', userCode)
    .forNoKeyUpdate('deviceRequest')
    .executeTakeFirst();
}

/** Locks the request of a device code, so that of two who poll at once only one gets the token. */
export async function lockRequestByDeviceCode(db: Db, { hash, client }: { hash: Buffer; client: string }) {
  return db
    .selectFrom('deviceRequest')
    .innerJoin('application', 'application.id', 'deviceRequest.applicationId')
    .selectAll('deviceRequest')
    .where('deviceCodeHash', '=', hash)
    .where('application.key', '=', client)
    .forNoKeyUpdate('deviceRequest')
    .executeTakeFirst();
}

export async function updateRequest(
  db: Db,
  id: DeviceRequestId,
  set: Updateable<Tables['deviceRequest']>,
): Promise<void> {
  await db.updateTable('deviceRequest').set(set).where('id', '=', id).execute();
}

export async function deleteRequestsBefore(db: Db, moment: Date): Promise<void> {
  await db.deleteFrom('deviceRequest').where('expiresAt', '<', moment).execute();
}

/** Denies what an account has approved and no device has fetched its token for yet; waits for one that is fetching it. */
export async function denyApprovedRequests(db: Db, accountId: AccountId): Promise<void> {
  await db
    .updateTable('deviceRequest')
    .set({ state: 'denied' })
    .where('accountId', '=', accountId)
    .where('state', '=', 'approved')
    .execute();
}

export async function insertToken(db: Db, row: Insertable<Tables['deviceToken']>): Promise<void> {
  await db.insertInto('deviceToken').values(row).execute();
}

/** The token with this hash, while it is valid and its application is on offer. */
export async function findToken(db: Db, hash: Buffer, at: Date) {
  return db
    .selectFrom('deviceToken')
    .innerJoin('application', 'application.id', 'deviceToken.applicationId')
    .select(['deviceToken.id', 'accountId', 'applicationId', 'lastUsedAt'])
    .where('hash', '=', hash)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', at)
    .where('application.retired', '=', false)
    .executeTakeFirst();
}

export async function markTokenUsed(db: Db, id: TokenId, at: Date): Promise<void> {
  await db.updateTable('deviceToken').set({ lastUsedAt: at }).where('id', '=', id).execute();
}

export interface RevokedToken {
  readonly id: TokenId;
  readonly accountId: AccountId;
  readonly applicationId: ApplicationId;
}

/** Revokes a token and answers whose it was; undefined where there is none that is valid. */
export async function revokeTokenByHash(db: Db, hash: Buffer, at: Date): Promise<RevokedToken | undefined> {
  return db
    .updateTable('deviceToken')
    .set({ revokedAt: at })
    .where('hash', '=', hash)
    .where('revokedAt', 'is', null)
    .returning(['id', 'accountId', 'applicationId'])
    .executeTakeFirst();
}

/** Revokes every token of an account that is valid, and answers which they were. */
export async function revokeTokensOfAccount(db: Db, accountId: AccountId, at: Date): Promise<RevokedToken[]> {
  return db
    .updateTable('deviceToken')
    .set({ revokedAt: at })
    .where('accountId', '=', accountId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning(['id', 'accountId', 'applicationId'])
    .execute();
}

/** {@link revokeTokensOfAccount} for one token, if it is this account's. */
export async function revokeTokenOfAccount(
  db: Db,
  { id, accountId, at }: { id: TokenId; accountId: AccountId; at: Date },
): Promise<RevokedToken | undefined> {
  return db
    .updateTable('deviceToken')
    .set({ revokedAt: at })
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning(['id', 'accountId', 'applicationId'])
    .executeTakeFirst();
}

/** The tokens of an account that are valid, with their applications, the newest first. */
export async function listTokensOfAccount(db: Db, accountId: AccountId, at: Date) {
  return db
    .selectFrom('deviceToken')
    .innerJoin('application', 'application.id', 'deviceToken.applicationId')
    .select(['deviceToken.id', 'application.name as applicationName', 'place', 'deviceToken.createdAt', 'lastUsedAt'])
    .where('accountId', '=', accountId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', at)
    .where('application.retired', '=', false)
    .orderBy('deviceToken.createdAt', 'desc')
    .execute();
}

/** The application that asks under this name; undefined where there is none, or none any more. */
export async function findApplicationId(db: Db, client: string) {
  const row = await db
    .selectFrom('application')
    .select('id')
    .where('key', '=', client)
    .where('retired', '=', false)
    .executeTakeFirst();
  return row?.id;
}
