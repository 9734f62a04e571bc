import type { Lease } from './lease.ts';
import type { LeaseRefusal } from './lease-refusal.ts';

/** A lease on this device, to be shown. */
export interface LeaseInfo {
  readonly id: string;
  readonly team: { readonly id: string; readonly name: string };
  /** The product's key. */
  readonly product: string;
  readonly issuedAt: Date;
  /** From when on it is renewed. */
  readonly renewAfter: Date;
  readonly expiresAt: Date;
  /** Why it does not count at this moment; undefined when it does. */
  readonly refusal: LeaseRefusal | undefined;
}

/** A lease as it is shown. */
export function infoOf(lease: Lease, refusal: LeaseRefusal | undefined): LeaseInfo {
  const { id, teamId, teamName, productKey, issuedAt, renewAfter, expiresAt } = lease;
  return {
    id,
    team: { id: teamId, name: teamName },
    product: productKey,
    issuedAt: new Date(issuedAt),
    renewAfter: new Date(renewAfter),
    expiresAt: new Date(expiresAt),
    refusal,
  };
}
