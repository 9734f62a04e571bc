import { sql } from 'kysely';
import type { HoldingId, LicenceId, MemberId, TeamId } from '../../../domain/id.ts';
import type { Assignment } from '../../../domain/licence.ts';
import type { Db } from '../../db/database.ts';

/** The licences that a member holds or has reserved, usable or not. */
export async function listOfMember(db: Db, memberId: MemberId) {
  return db
    .selectFrom('licence')
    .select(['id', 'productId', 'state'])
    .where('memberId', '=', memberId)
    .orderBy('id')
    .execute();
}

/** Lets go of a licence; the open holding, if it was held, is closed and answered. */
export async function freeLicence(
  db: Db,
  { licenceId, at, by }: { licenceId: LicenceId; at: Date; by: string },
): Promise<HoldingId | undefined> {
  await db
    .updateTable('licence')
    .set({ state: 'free', memberId: null, since: null, freedAt: sql<Date>`greatest(${at}, since)` })
    .where('id', '=', licenceId)
    .execute();
  const closed = await db
    .updateTable('holding')
    .set({ takenAt: sql<Date>`greatest(${at}, given_at)`, takenBy: by })
    .where('licenceId', '=', licenceId)
    .where('takenAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return closed?.id;
}

/** Postpones the check that a holder is an accepted member to the end of the transaction, in which both change. */
export async function deferHolderCheck(db: Db): Promise<void> {
  await sql`set constraints licence_member_of_team deferred`.execute(db);
}

export interface NewHolding {
  readonly id: HoldingId;
  readonly licenceId: LicenceId;
  readonly teamId: TeamId;
  readonly memberId: MemberId;
  readonly givenAt: Date;
  readonly givenBy: string;
}

/** Turns a reservation into a holding. */
export async function holdLicence(db: Db, holding: NewHolding): Promise<void> {
  await takeUpLicence(db, { ...holding, assignment: 'holding' });
}

/**
 * Puts a licence into somebody's hand, or keeps it for somebody invited.
 *
 * Whatever the clock says, it is not before the one who had it has let go of it.
 */
export async function takeUpLicence(
  db: Db,
  { assignment, givenAt, ...holding }: NewHolding & { readonly assignment: Assignment },
): Promise<void> {
  const { since } = await db
    .updateTable('licence')
    .set({
      state: assignment === 'holding' ? 'held' : 'reserved',
      memberId: holding.memberId,
      since: sql<Date>`greatest(${givenAt}, since, freed_at)`,
    })
    .where('id', '=', holding.licenceId)
    .returning('since')
    .executeTakeFirstOrThrow();
  if (assignment === 'reservation') return;
  await db
    .insertInto('holding')
    .values({ ...holding, givenAt: since ?? givenAt, takenAt: null, takenBy: null })
    .execute();
}

export async function listReservedProductNames(db: Db, memberId: MemberId): Promise<string[]> {
  const rows = await db
    .selectFrom('licence as l')
    .innerJoin('product as p', 'p.id', 'l.productId')
    .select('p.name')
    .where('l.memberId', '=', memberId)
    .where('l.state', '=', 'reserved')
    .orderBy('p.name')
    .execute();
  return rows.map(({ name }) => name);
}
