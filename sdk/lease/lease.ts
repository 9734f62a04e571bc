import type { Claims } from '../crypto/jws.ts';

/** What a lease says, all of it under the server's signature. Moments in milliseconds since 1970. */
export interface Lease {
  readonly id: string;
  /** The address of the server that issued it. */
  readonly issuer: string;
  /** The application's id. */
  readonly application: string;
  readonly applicationKey: string | undefined;
  readonly accountId: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly productId: string;
  readonly productKey: string;
  /** The team's revision that it was issued at. */
  readonly revision: number;
  /** `held`; `grace` once the term is over. */
  readonly reason: string;
  /** The last calendar date (ISO 8601) on which the licence works without a renewal of the term. */
  readonly until: string;
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly expiresAt: number;
  /** From when on it should be renewed; the server spreads this moment. */
  readonly renewAfter: number;
  /** The thumbprint (RFC 7638) of the key of the device that it is for (RFC 7800). */
  readonly thumbprint: string;
  readonly status: StatusReference | undefined;
}

/** Where a status list says whether the lease was revoked (Token Status List, section 6.2). */
export interface StatusReference {
  readonly index: number;
  readonly uri: string;
}

/** Reads the claims of a lease; undefined when one is missing or of another kind. */
export function readLease(claims: Claims): Lease | undefined {
  const confirmation = objectIn(claims, 'cnf');
  const status = readStatus(claims);
  try {
    return {
      id: text(claims, 'jti'),
      issuer: text(claims, 'iss'),
      application: text(claims, 'aud'),
      applicationKey: claims.application_key === undefined ? undefined : text(claims, 'application_key'),
      accountId: text(claims, 'sub'),
      teamId: text(claims, 'team'),
      teamName: text(claims, 'team_name'),
      productId: text(claims, 'product'),
      productKey: text(claims, 'product_key'),
      revision: number(claims, 'revision'),
      reason: text(claims, 'reason'),
      until: text(claims, 'until'),
      issuedAt: number(claims, 'iat') * 1000,
      notBefore: number(claims, 'nbf') * 1000,
      expiresAt: number(claims, 'exp') * 1000,
      renewAfter: number(claims, 'renew_after') * 1000,
      thumbprint: text(confirmation, 'jkt'),
      status,
    };
  } catch {
    return undefined;
  }
}

function readStatus(claims: Claims): StatusReference | undefined {
  const { idx, uri } = objectIn(objectIn(claims, 'status'), 'status_list');
  if (typeof uri !== 'string' || !Number.isInteger(idx)) return undefined;
  // Checked above: an integer is a number.
  return { index: idx as number, uri };
}

/** A claim that is an object; an empty one where it is not. */
export function objectIn(claims: Claims, name: string): Claims {
  const value = claims[name];
  return typeof value === 'object' && value !== null ? (value as Claims) : {};
}

function text(claims: Claims, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string') throw new TypeError(`${name} is no text.`);
  return value;
}

function number(claims: Claims, name: string): number {
  const value = claims[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${name} is no number.`);
  return value;
}
