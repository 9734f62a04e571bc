import type { Team } from '../entitlement.ts';
import type { ClockGuard } from '../lease/clock-guard.ts';
import { decideOffline } from '../lease/decide-offline.ts';
import type { LeaseKeeper } from '../lease/lease-keeper.ts';
import type { LeaseRefusal } from '../lease/lease-refusal.ts';
import { isRefusal } from '../lease/lease-refusal.ts';
import type { UseReason, UseSnapshot } from '../use-state.ts';
import type { Finding, WhyData, WhyRemedy } from './finding.ts';

/** What this device finds by itself. */
export interface LocalFindings {
  readonly contact: 'connected' | 'unreachable' | 'signedOut';
  /** By the leases alone. */
  readonly decision: boolean;
  readonly reason: UseReason;
  readonly team: Team | undefined;
  readonly checks: readonly Finding[];
  readonly remedy: Omit<WhyRemedy, 'text'> | null;
}

/** What is looked at. */
export interface LocalFacts {
  readonly keeper: LeaseKeeper;
  readonly guard: ClockGuard;
  readonly product: string;
  readonly team: string | undefined;
  readonly heardAt: Date;
  readonly contact: LocalFindings['contact'];
}

/** A clock may be as wrong as this without harm. */
const clockSeconds = 120;

/** Looks at lease, clock and contact of this device. */
export function findLocally({ keeper, guard, product, team, heardAt, contact }: LocalFacts): LocalFindings {
  const { kept, broken } = keeper;
  const found = decideOffline({ kept, broken, product, teamId: team, since: heardAt });
  const lease = leaseFinding(found, contact);
  const clock = clockFinding(guard);
  // A machine without network has nobody signed in, and needs nobody.
  const isAlone = contact === 'signedOut' && lease.state === 'ok';
  const heard = contactFinding(contact, heardAt);
  const checks = [lease, clock, isAlone ? { ...heard, state: 'unknown' as const } : heard];
  return {
    contact,
    decision: found?.state === 'unlocked',
    reason: found?.reason ?? (contact === 'signedOut' ? 'signedOut' : 'unreachable'),
    team: found?.team,
    checks,
    remedy: remedyOf(lease, clock, contact),
  };
}

function leaseFinding(found: UseSnapshot | undefined, contact: LocalFindings['contact']): Finding {
  if (found?.offline !== undefined) return ok('lease', 'live', { at: found.offline.until.toISOString() });
  if (isRefusal(found?.reason)) return problem('lease', found.reason, {});
  // With contact no lease is needed, and the first one is on its way.
  return contact === 'connected' ? { ...problem('lease', 'none', {}), state: 'unknown' } : problem('lease', 'none', {});
}

function clockFinding(guard: ClockGuard): Finding {
  const { aheadMs } = guard;
  if (guard.isSetBack) {
    const seconds = Math.round((guard.now() - guard.wall) / 1000);
    return problem('clock', aheadMs === undefined ? 'setBack' : 'off', { seconds: -seconds });
  }
  if (aheadMs === undefined) return { ...ok('clock', 'notAsked', {}), state: 'unknown' };
  const seconds = -Math.round(aheadMs / 1000);
  return Math.abs(seconds) > clockSeconds ? problem('clock', 'off', { seconds }) : ok('clock', 'right', { seconds });
}

function contactFinding(contact: LocalFindings['contact'], heardAt: Date): Finding {
  if (contact === 'connected') return ok('contact', 'connected', {});
  return problem('contact', contact, contact === 'unreachable' ? { at: heardAt.toISOString() } : {});
}

/** What stands in the way of the lease is cured by contact, but for the clock, which only the person can set. */
function remedyOf(lease: Finding, clock: Finding, contact: LocalFindings['contact']): LocalFindings['remedy'] {
  if (clock.state === 'problem') return { code: 'setClock', data: { by: 'you' } };
  if (contact === 'connected') return null;
  if (contact === 'signedOut') return lease.code === 'live' ? null : { code: 'signIn', data: { by: 'you' } };
  return {
    code: lease.code === 'live' ? 'connectBefore' : (remedies[lease.code] ?? 'connect'),
    data: { by: 'you', ...lease.data },
  };
}

const remedies: Readonly<Partial<Record<string, string>>> = {
  wrongKey: 'askVendor',
  leaseRevoked: 'askOwner',
} satisfies Partial<Record<LeaseRefusal, string>>;

function ok(check: string, code: string, data: WhyData): Finding {
  return { check, state: 'ok', code, data };
}

function problem(check: string, code: string, data: WhyData): Finding {
  return { check, state: 'problem', code, data };
}
