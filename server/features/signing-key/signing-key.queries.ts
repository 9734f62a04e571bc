import type { Insertable } from 'kysely';
import type { SigningKeyId } from '../../../domain/id.ts';
import type { Db, Tables } from '../../db/database.ts';

/** A key's row as the service reads it. */
export interface SigningKeyRow {
  readonly kid: SigningKeyId;
  readonly state: 'next' | 'current' | 'retired' | 'revoked';
  readonly publicX: Buffer;
  readonly privateBox: Buffer | null;
  readonly madeAt: Date;
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
  readonly endsAt: Date | null;
}

/** Every key that there ever was, newest first; there are a handful a year. */
export async function listKeyRows(db: Db): Promise<SigningKeyRow[]> {
  return db.selectFrom('signingKey').selectAll().orderBy('kid', 'desc').execute();
}

export async function insertKey(db: Db, row: Insertable<Tables['signingKey']>): Promise<void> {
  await db.insertInto('signingKey').values(row).execute();
}

export async function activateKey(db: Db, kid: SigningKeyId, at: Date): Promise<void> {
  await db.updateTable('signingKey').set({ state: 'current', activatedAt: at }).where('kid', '=', kid).execute();
}

/** Takes a key out of use; its private half is gone. It stays published until `endsAt`, or not at all without. */
export async function retireKey(
  db: Db,
  kid: SigningKeyId,
  { at, endsAt }: { at: Date; endsAt: Date | null },
): Promise<void> {
  await db
    .updateTable('signingKey')
    .set({ state: endsAt ? 'retired' : 'revoked', privateBox: null, retiredAt: at, endsAt })
    .where('kid', '=', kid)
    .execute();
}
