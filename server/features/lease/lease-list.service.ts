import type { MyLease, TeamLease } from '../../../contract/lease.ts';
import type { MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { requireInTeam } from '../team/team.policy.ts';
import { deleteLeasesEndedBefore } from './lease.queries.ts';
import type { LiveLease } from './lease-list.queries.ts';
import { listLiveLeaseRows } from './lease-list.queries.ts';

/** Ended leases are kept so long, for those who ask what a device could do at a time. */
const KEPT_MILLISECONDS = 90 * 86_400_000;

export type { LiveLease };

/** The leases with which somebody of a team can still run, also offline after the licence was taken. */
export function listLiveLeases(
  db: Db,
  wanted: {
    readonly viewer?: AccountCaller;
    readonly at: Date;
    readonly teamId: TeamId;
    readonly memberId?: MemberId | undefined;
    readonly productId?: ProductId | undefined;
  },
): Promise<LiveLease[]> {
  return listLiveLeaseRows(db, wanted);
}

/** The caller's own leases, in all its teams. */
export async function listMyLeases({ db, clock }: Ground, { accountId }: AccountCaller): Promise<{ items: MyLease[] }> {
  const rows = await listLiveLeaseRows(db, { at: clock.now(), accountId });
  return { items: rows.map((row) => ({ ...present(row), teamName: row.teamName })) };
}

export interface TeamLeaseFilter {
  readonly teamId: TeamId;
  readonly memberId?: MemberId | undefined;
  readonly productId?: ProductId | undefined;
}

/** The leases of a team, for those who manage its licences. */
export async function listTeamLeases(
  { db, clock }: Ground,
  caller: AccountCaller,
  filter: TeamLeaseFilter,
): Promise<{ items: TeamLease[] }> {
  await requireInTeam(db, filter.teamId, caller, 'lease.read');
  const rows = await listLiveLeases(db, { viewer: caller, at: clock.now(), ...filter });
  return { items: rows.map((row) => ({ ...present(row), memberId: row.memberId })) };
}

function present({ leaseId, teamId, productId, productName, applicationName, place, revoked, ...row }: LiveLease) {
  const { issuedAt, expiresAt } = row;
  const moments = { issuedAt: issuedAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { leaseId, teamId, productId, productName, applicationName, place, ...moments, revoked };
}

/** Forgets leases that ended long ago. */
export async function forgetEndedLeases({ db, clock }: Ground): Promise<void> {
  await deleteLeasesEndedBefore(db, new Date(clock.now().getTime() - KEPT_MILLISECONDS));
}
