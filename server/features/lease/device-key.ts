import type { KeyObject } from 'node:crypto';
import { createPublicKey, hash, verify } from 'node:crypto';
import { derOf } from './ecdsa-signature.ts';

/** The signatures that a device's proof may have; symmetric ones and `none` are none of them. */
export type ProofAlgorithm = 'ES256' | 'EdDSA';

/** A device's public key, ready to verify. */
export interface DeviceKey {
  /** RFC 7638 thumbprint, SHA-256, base64url. */
  readonly jkt: string;
  verify(input: string, signature: Buffer): boolean;
}

const SIGNATURE_BYTES = 64;
const COORDINATE = /^[A-Za-z0-9_-]{43}$/;
/** Members of a JWK that only a private or symmetric key has (RFC 7518 section 6, RFC 8037 section 2). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads the public key of a proof's header.
 *
 * @returns The key, or what is wrong with it as a sentence without its subject.
 */
export function readDeviceKey(algorithm: ProofAlgorithm, jwk: unknown): DeviceKey | string {
  if (typeof jwk !== 'object' || jwk === null) return 'is missing';
  const members = jwk as Record<string, unknown>;
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(members, name))) return 'must be public, but has private members';
  return algorithm === 'ES256' ? readEllipticKey(members) : readEdwardsKey(members);
}

function readEllipticKey({ kty, crv, x, y }: Record<string, unknown>): DeviceKey | string {
  if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(x) || !isCoordinate(y)) return 'is no key for ES256';
  const key = importKey({ kty, crv, x, y });
  if (!key) return 'is no point of its curve';
  // The members in the order of RFC 7638 section 3.2.
  const jkt = hash('sha256', `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`, 'base64url');
  return {
    jkt,
    verify: (input, signature) => isSigned(signature) && verify('sha256', latin(input), key, derOf(signature)),
  };
}

function readEdwardsKey({ kty, crv, x }: Record<string, unknown>): DeviceKey | string {
  if (kty !== 'OKP' || crv !== 'Ed25519' || !isCoordinate(x)) return 'is no key for EdDSA';
  const key = importKey({ kty, crv, x });
  if (!key) return 'is no point of its curve';
  const jkt = hash('sha256', `{"crv":"Ed25519","kty":"OKP","x":"${x}"}`, 'base64url');
  return { jkt, verify: (input, signature) => isSigned(signature) && verify(null, latin(input), key, signature) };
}

const isCoordinate = (value: unknown): value is string => typeof value === 'string' && COORDINATE.test(value);
const isSigned = (signature: Buffer): boolean => signature.length === SIGNATURE_BYTES;
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function importKey(jwk: { kty: string; crv: string; x: string; y?: string }): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // Coordinates of the right form that are no point: the caller says so.
    return undefined;
  }
}
