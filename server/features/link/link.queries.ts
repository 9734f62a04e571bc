import { sql } from 'kysely';
import type { LinkKind } from '../../../contract/link.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { LinkId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';

export interface Link {
  readonly id: LinkId;
  readonly kind: LinkKind;
  readonly subjectId: string;
  readonly email: EmailAddress;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly endedAt: Date | null;
  readonly wrongTries: number;
}

const columns = [
  'id',
  'kind',
  'subjectId',
  'email',
  'createdAt',
  'expiresAt',
  'usedAt',
  'endedAt',
  'wrongTries',
] as const;

export async function findLink(db: Db, id: LinkId): Promise<Link | undefined> {
  const row = await db.selectFrom('link').select(columns).where('id', '=', id).executeTakeFirst();
  return row && { ...row, kind: kindOf(row.kind) };
}

export async function findOpenLink(db: Db, kind: LinkKind, subjectId: string): Promise<Link | undefined> {
  const row = await db
    .selectFrom('link')
    .select(columns)
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .where('usedAt', 'is', null)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return row && { ...row, kind: kindOf(row.kind) };
}

/** Makes everybody who uses this link wait for the one before, until the transaction ends; its row stays unlocked. */
export async function lockLinkUse(db: Db, id: LinkId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(db);
}

// Only makeLink writes the column, and it takes nothing else.
const kindOf = (text: string) => text as LinkKind;

export interface NewLink {
  readonly id: LinkId;
  readonly kind: LinkKind;
  readonly subjectId: string;
  readonly email: EmailAddress;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Makes a link; false where somebody else has just made one about the same thing. */
export async function insertLink(db: Db, link: NewLink): Promise<boolean> {
  const inserted = await db
    .insertInto('link')
    .values(link)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function endLiveLinks(
  db: Db,
  { kind, subjectId, at }: { kind: LinkKind; subjectId: string; at: Date },
): Promise<void> {
  await db
    .updateTable('link')
    .set({ endedAt: at })
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .where('usedAt', 'is', null)
    .where('endedAt', 'is', null)
    .execute();
}

/**
 * Marks a live link as used; false where it was used or ended meanwhile.
 *
 * The work that it is used for may have ended it itself, in this same change and so at the same moment.
 */
export async function markLinkUsed(db: Db, id: LinkId, at: Date): Promise<boolean> {
  const updated = await db
    .updateTable('link')
    .set({ usedAt: at })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedAt', '=', at)]))
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function countWrongTry(db: Db, id: LinkId): Promise<void> {
  await db
    .updateTable('link')
    .set((eb) => ({ wrongTries: eb('wrongTries', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
