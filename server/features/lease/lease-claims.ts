import type { ApplicationId, LeaseId, ProductId, TeamId } from '../../../domain/id.ts';
import { renewalOf, statusPlaceOf } from '../../../domain/lease.ts';
import type { DecidedLease } from './lease.queries.ts';

/** What a lease says: registered claims of RFC 7519, the device's key (RFC 7800), its place in the status list, our own. */
export interface LeaseClaims {
  readonly iss: string;
  readonly aud: ApplicationId;
  readonly sub: string;
  readonly jti: LeaseId;
  readonly team: TeamId;
  readonly team_name: string;
  readonly product: ProductId;
  readonly product_key: string;
  readonly licence: string;
  readonly revision: number;
  readonly reason: 'held' | 'grace';
  /** Last calendar date on which the licence works without renewal. */
  readonly until: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly renew_after: number;
  readonly cnf: { readonly jkt: string };
  readonly status: { readonly status_list: { readonly idx: number; readonly uri: string } };
}

export interface WrittenLease {
  readonly id: LeaseId;
  readonly teamId: TeamId;
  readonly jkt: string;
  /** Epoch seconds. */
  readonly issuedAt: number;
  readonly number: number;
  readonly productId: ProductId;
  readonly decided: DecidedLease;
}

/** Where a status list is found; also the subject of its token. */
export function statusListUri(publicUrl: string, list: number): string {
  return `${publicUrl}/v1/status-lists/${list}`;
}

/** The claims of a lease that was written. */
export function leaseClaims(
  publicUrl: string,
  { id, teamId, jkt, issuedAt, number, productId, decided }: WrittenLease,
): LeaseClaims {
  const { list, index } = statusPlaceOf(number);
  return {
    iss: publicUrl,
    aud: decided.applicationId,
    sub: decided.accountId,
    jti: id,
    team: teamId,
    team_name: decided.teamName,
    product: productId,
    product_key: decided.productKey,
    licence: decided.licenceId,
    revision: decided.revision,
    reason: decided.isInTerm ? 'held' : 'grace',
    until: decided.until,
    iat: issuedAt,
    nbf: issuedAt,
    exp: decided.expiresAt,
    renew_after: renewalOf({ issuedAt, expiresAt: decided.expiresAt }, Math.random()),
    cnf: { jkt },
    status: { status_list: { idx: index, uri: statusListUri(publicUrl, list) } },
  };
}
