import type { Entitlement, Team } from './entitlement.ts';
import type { LeaseRefusal } from './lease/lease-refusal.ts';

/** Whether the product may be used. `unknown` means no for the application, until the server has been asked again. */
export type UseState = 'unlocked' | 'locked' | 'unknown';

/** The reasons that the SDK finds itself. */
export type OwnReason = 'starting' | 'unreachable' | 'signedOut' | 'noTeam' | 'chooseTeam' | 'notMember' | LeaseRefusal;

/**
 * Why the state is what it is: one of the SDK's own, or the server's word. Those of today: `held`; `grace` (unlocked,
 * but the term is over); `noLicence`, `invited`, `reserved` (a licence waits for the invitation to be accepted),
 * `notMember`, `removed`, `noSubscription`, `suspended`, `ended`.
 * The server may learn further words, so keep a general text for those you do not know.
 */
export type UseReason = OwnReason | (string & {});

/** One moment of a use. Never changes; a newer one takes its place. */
export interface UseSnapshot {
  readonly state: UseState;
  readonly reason: UseReason;
  /** The team that the answer is about; undefined while none is chosen. */
  readonly team: Team | undefined;
  /** The last calendar date (ISO 8601) on which it works without a renewal; null when it does not work. */
  readonly until: string | null;
  /** The team's revision that the answer was given at. */
  readonly revision: number | undefined;
  /** Set while it is unlocked by a lease, without contact to the server. */
  readonly offline: Offline | undefined;
}

/** How long a lease unlocks without contact. */
export interface Offline {
  /** When the contact was lost, or the program began without. */
  readonly since: Date;
  /** When the lease ends. */
  readonly until: Date;
  readonly leaseId: string;
}

/** How far the last answer can be relied on. */
export type Contact = 'starting' | 'known' | 'lost' | 'signedOut';

/** What a snapshot follows from. */
export interface UseFacts {
  readonly contact: Contact;
  /** Undefined until the server answered. */
  readonly entitlements: readonly Entitlement[] | undefined;
  /** The team that the application chose. */
  readonly teamId: string | undefined;
}

/**
 * Decides what the application is told.
 *
 * Without a chosen team the only one counts. Of several none is taken, not even the only
 * one with a licence: work done in the wrong team is worse than a question.
 */
export function decideUse({ contact, entitlements, teamId }: UseFacts): UseSnapshot {
  const item = findEntitlement(entitlements, teamId);
  const team = item && { id: item.teamId, name: item.teamName };
  const about = { team, until: item?.until ?? null, revision: item?.revision, offline: undefined };
  if (contact === 'signedOut') return { ...about, state: 'locked', reason: 'signedOut' };
  if (contact === 'lost') return { ...about, state: 'unknown', reason: 'unreachable' };
  if (entitlements === undefined) return { ...about, state: 'unknown', reason: 'starting' };
  if (item !== undefined) return { ...about, state: item.decision ? 'unlocked' : 'locked', reason: item.reason };
  return { ...about, state: 'locked', reason: reasonWithoutEntitlement(entitlements, teamId) };
}

/** Whether an application would notice the difference. */
export function differs(one: UseSnapshot, other: UseSnapshot): boolean {
  return (
    one.state !== other.state ||
    one.reason !== other.reason ||
    one.until !== other.until ||
    one.team?.id !== other.team?.id ||
    one.team?.name !== other.team?.name ||
    one.offline?.leaseId !== other.offline?.leaseId
  );
}

function findEntitlement(
  entitlements: readonly Entitlement[] = [],
  teamId: string | undefined,
): Entitlement | undefined {
  if (teamId !== undefined) return entitlements.find((item) => item.teamId === teamId);
  return entitlements.length === 1 ? entitlements[0] : undefined;
}

function reasonWithoutEntitlement(entitlements: readonly Entitlement[], teamId: string | undefined): OwnReason {
  if (teamId !== undefined) return 'notMember';
  return entitlements.length === 0 ? 'noTeam' : 'chooseTeam';
}
