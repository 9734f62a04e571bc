import type { MemberId, TeamId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { Change } from '../../platform/transact.ts';
import {
  deferHolderCheck,
  freeLicence,
  holdLicence,
  listOfMember,
  listReservedProductNames,
} from './holder.queries.ts';

export interface Release {
  readonly teamId: TeamId;
  readonly memberId: MemberId;
  readonly because: 'removed' | 'left' | 'invitationEnded';
}

/** Frees everything that a member holds or has reserved, under the team's lock and inside the change that removes it. */
export async function releaseLicences(change: Change, { teamId, memberId, because }: Release): Promise<void> {
  for (const { id: licenceId, productId, state } of await listOfMember(change.db, memberId)) {
    const holdingId = await freeLicence(change.db, { licenceId, at: change.at, by: change.actor.id });
    const data = { licenceId, productId, memberId };
    if (state === 'held' && holdingId) {
      await change.record(teamId, 'licenceTaken', { ...data, holdingId, because: 'memberRemoved' });
    } else {
      await change.record(teamId, because === 'invitationEnded' ? 'reservationEnded' : 'reservationWithdrawn', data);
    }
  }
}

/**
 * Turns a member's reservations into holdings around the step that makes it an accepted member.
 *
 * Both belong to one transaction, so at no moment is there a reservation of an accepted member or a holding of an invited one.
 */
export async function holdReserved(
  change: Change,
  { teamId, memberId }: { teamId: TeamId; memberId: MemberId },
  accept: () => Promise<void>,
): Promise<void> {
  await deferHolderCheck(change.db);
  await accept();
  for (const { id: licenceId, productId } of await listOfMember(change.db, memberId)) {
    const holdingId = change.newId('hold');
    await holdLicence(change.db, {
      id: holdingId,
      licenceId,
      teamId,
      memberId,
      givenAt: change.at,
      givenBy: change.actor.id,
    });
    await change.record(teamId, 'licenceGiven', { licenceId, productId, memberId, holdingId, wasReserved: true });
  }
}

/** Names of the products of which a licence is kept for somebody invited. */
export async function listReservedProducts(db: Db, memberId: MemberId): Promise<string[]> {
  return listReservedProductNames(db, memberId);
}
