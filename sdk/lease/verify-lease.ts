import type { Crypto } from '../crypto/crypto.ts';
import { readJws } from '../crypto/jws.ts';
import type { KeyRing } from './key-ring.ts';
import type { Lease } from './lease.ts';
import { readLease } from './lease.ts';
import type { LeaseRefusal } from './lease-refusal.ts';

/** Whom a lease must be for, and from. */
export interface LeaseExpectation {
  readonly keys: KeyRing;
  /** The thumbprint of this device's key. */
  readonly thumbprint: string | undefined;
  /** The application's id or key, as it names itself. */
  readonly application: string;
  /** The address of the server. */
  readonly issuer: string;
}

/**
 * Verifies a lease: signature, issuer, application and device. When it begins and ends is for the clock to say, later and often.
 */
export async function verifyLease(
  token: string,
  { keys, thumbprint, application, issuer }: LeaseExpectation,
  crypto: Crypto,
): Promise<Lease | LeaseRefusal> {
  const jws = readJws(token);
  if (jws === undefined) return 'leaseInvalid';
  const verdict = await keys.verify(jws, 'lease+jwt', crypto);
  if (verdict !== 'good') return verdict;
  const lease = readLease(jws.payload);
  if (lease === undefined || !sameServer(lease.issuer, issuer) || !isFor(application, lease)) return 'leaseInvalid';
  return lease.thumbprint === thumbprint ? lease : 'leaseOfAnotherDevice';
}

/** A lease that names the application by its id alone cannot be held against a key. The device's key belongs to one application. */
function isFor(application: string, { application: id, applicationKey }: Lease): boolean {
  if (application === id || application === applicationKey) return true;
  return applicationKey === undefined && !application.startsWith('app_');
}

const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host is this very machine. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/** Whether two addresses are one server's. This machine has several names. */
export function sameServer(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [first, second] = [new URL(one), new URL(other)];
  if (isLoopback(first.hostname) && isLoopback(second.hostname)) return true;
  const path = (url: URL) => url.pathname.replace(/\/+$/, '');
  return first.origin === second.origin && path(first) === path(second);
}
