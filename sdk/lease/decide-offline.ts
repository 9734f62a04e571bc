import type { Entitlement } from '../entitlement.ts';
import type { UseSnapshot } from '../use-state.ts';
import { decideUse } from '../use-state.ts';
import type { Lease } from './lease.ts';
import type { KeptLease } from './lease-reader.ts';
import type { LeaseRefusal } from './lease-refusal.ts';

/** What is known without contact. */
export interface OfflineFacts {
  readonly kept: readonly KeptLease[];
  /** Why nothing that is kept counts. */
  readonly broken: LeaseRefusal | undefined;
  /** The product's id or key. */
  readonly product: string;
  /** The team that the application chose. */
  readonly teamId: string | undefined;
  /** Since when there is no contact. */
  readonly since: Date;
}

/**
 * Decides by the leases alone what the application is told.
 *
 * @returns Undefined where no lease says anything about this product and team, good or bad.
 */
export function decideOffline({ kept, broken, product, teamId, since }: OfflineFacts): UseSnapshot | undefined {
  const concerned = kept.filter(
    ({ lease }) => lease === undefined || (isOf(product, lease) && lease.teamId === (teamId ?? lease.teamId)),
  );
  const good = concerned.flatMap(({ lease, refusal }) => (lease !== undefined && refusal === undefined ? lease : []));
  if (good.length === 0) {
    const refused = concerned.find(({ lease }) => lease !== undefined) ?? concerned[0];
    const reason = broken ?? refused?.refusal;
    return reason && { ...about(refused?.lease), state: 'locked', reason, offline: undefined };
  }
  const decided = decideUse({ contact: 'known', entitlements: good.map(toEntitlement), teamId });
  const used = good.find((lease) => lease.teamId === decided.team?.id);
  if (used === undefined) return decided;
  return { ...decided, offline: { since, until: new Date(used.expiresAt), leaseId: used.id } };
}

/** The product in each team that a lease unlocks it in. */
export function leasedTeams(kept: readonly KeptLease[], product: string): Entitlement[] {
  return kept.flatMap(({ lease, refusal }) =>
    lease !== undefined && refusal === undefined && isOf(product, lease) ? toEntitlement(lease) : [],
  );
}

/** A lease as the answer that it was issued for. It knows the product by its key, not by its name. */
function toEntitlement(lease: Lease): Entitlement {
  const { teamId, teamName, productId, productKey, reason, until, revision } = lease;
  return { teamId, teamName, productId, productKey, productName: productKey, decision: true, reason, until, revision };
}

/** Whether a lease is for a product, named by id or key. */
export function isOf(product: string, { productId, productKey }: Lease): boolean {
  return product === productId || product === productKey;
}

function about(lease: Lease | undefined): Pick<UseSnapshot, 'team' | 'until' | 'revision'> {
  if (lease === undefined) return { team: undefined, until: null, revision: undefined };
  return { team: { id: lease.teamId, name: lease.teamName }, until: null, revision: lease.revision };
}
