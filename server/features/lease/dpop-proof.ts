import { hash } from 'node:crypto';
import { AppError } from '../../platform/app-error.ts';
import { createBoundedCache } from '../../platform/bounded-cache.ts';
import { readJsonSegment, readSegment } from '../../platform/jws.ts';
import type { DeviceKey, ProofAlgorithm } from './device-key.ts';
import { readDeviceKey } from './device-key.ts';

/** What a proof must be for. */
export interface ProofContext {
  readonly method: string;
  /** The address without query and fragment, as the world reaches it. */
  readonly url: string;
  /** base64url of the SHA-256 of the bearer token. */
  readonly tokenHash: string;
  readonly now: Date;
}

/** A proof that holds, but for whether it was taken before. */
export interface Proof {
  readonly jkt: string;
  /** SHA-256 over thumbprint and `jti`: what makes the proof the one that it is. */
  readonly id: Buffer;
}

/** Checks proofs of possession of a device's key. */
export type ProofVerifier = (proof: string | undefined, context: ProofContext) => Proof;

const LENGTH_LIMIT = 4096;
const JTI_LIMIT = 256;
const TOLERANCE_SECONDS = 60;
const KEYS_REMEMBERED = 4096;

/**
 * Makes a verifier of DPoP proofs: all checks of RFC 9449 section 4.3, but for the repeated `jti`, which the database
 * refuses in the statement that takes the proof.
 *
 * The keys of devices that proved themselves before are remembered by the header that carried them, so that each is
 * parsed and imported once.
 *
 * @throws AppError `invalidDpopProof`; its detail begins with the part that is wrong. For `iat` it names the server's time.
 */
export function createProofVerifier(): ProofVerifier {
  const keys = createBoundedCache<DeviceKey>(KEYS_REMEMBERED);
  return (proof, context) => {
    if (proof === undefined) throw wrong('DPoP', 'the header is missing');
    if (proof.length > LENGTH_LIMIT) throw wrong('DPoP', `the header is longer than ${LENGTH_LIMIT} characters`);
    const [header = '', payload = '', signature = '', ...rest] = proof.split('.');
    const claims = readJsonSegment(payload);
    const signed = readSegment(signature);
    if (!(claims && signed) || rest.length > 0) throw wrong('DPoP', 'is not one JWT in compact form');
    const known = keys.get(header);
    const key = known ?? readHeader(header);
    checkClaims(claims, context);
    if (!key.verify(`${header}.${payload}`, signed)) throw wrong('signature', 'does not fit the key of the header');
    if (!known) keys.set(header, key);
    return { jkt: key.jkt, id: hash('sha256', `${key.jkt}.${String(claims.jti)}`, 'buffer') };
  };
}

function readHeader(segment: string): DeviceKey {
  const header = readJsonSegment(segment);
  if (!header) throw wrong('DPoP', 'is not one JWT in compact form');
  if (header.typ !== 'dpop+jwt') throw wrong('typ', 'expected dpop+jwt');
  if (!isAlgorithm(header.alg)) throw wrong('alg', 'expected ES256 or EdDSA');
  // An extension that must be understood is one that is not (RFC 7515 section 4.1.11).
  if (Object.hasOwn(header, 'crit')) throw wrong('crit', 'names extensions that are not understood here');
  const key = readDeviceKey(header.alg, header.jwk);
  if (typeof key === 'string') throw wrong('jwk', key);
  return key;
}

const isAlgorithm = (alg: unknown): alg is ProofAlgorithm => alg === 'ES256' || alg === 'EdDSA';

function checkClaims({ htm, htu, iat, ath, jti }: Record<string, unknown>, context: ProofContext): void {
  if (htm !== context.method) throw wrong('htm', `expected ${context.method}`);
  if (!isSameAddress(htu, context.url)) throw wrong('htu', `expected ${context.url}`);
  if (ath !== context.tokenHash) throw wrong('ath', 'is not the hash of the bearer token');
  if (typeof jti !== 'string' || jti.length === 0 || jti.length > JTI_LIMIT)
    throw wrong('jti', 'is missing or too long');
  checkMoment(iat, context.now);
}

/** The clock of a device is told from its key: the answer names the server's time. */
function checkMoment(iat: unknown, now: Date): void {
  const seconds = typeof iat === 'number' ? iat - now.getTime() / 1000 : Number.NaN;
  if (Math.abs(seconds) <= TOLERANCE_SECONDS) return;
  const off = `${Math.abs(Math.round(seconds))} s ${seconds > 0 ? 'ahead' : 'ago'}`;
  const what = Number.isFinite(seconds) ? `is ${off}, at most ${TOLERANCE_SECONDS} s are taken` : 'is missing';
  throw wrong('iat', `${what}; the server's time is ${now.toISOString()}`);
}

/** Compares as RFC 9449 section 4.3 wants it: without query and fragment, and in the normal form of RFC 3986. */
function isSameAddress(htu: unknown, expected: string): boolean {
  if (htu === expected) return true;
  const url = typeof htu === 'string' ? URL.parse(htu) : null;
  return url !== null && url.username === '' && url.password === '' && url.origin + url.pathname === expected;
}

/** The refusal of a proof. */
export function wrong(part: string, what: string): AppError {
  return new AppError('invalidDpopProof', { detail: `${part}: ${what}` });
}
