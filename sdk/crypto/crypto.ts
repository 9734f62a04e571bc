import type { PrivateJwk, PublicJwk } from './jwk.ts';

/** Bytes that nobody else writes to. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The few cryptographic operations of the SDK, by whatever the platform brings. */
export interface Crypto {
  /** Makes a P-256 key for ES256 (RFC 7518 section 3.4): of all signatures, the one that every platform has. */
  makeKey(): Promise<PrivateJwk>;
  /** Signs with ES256. */
  sign(key: PrivateJwk, data: Bytes): Promise<Bytes>;
  /**
   * Whether the signature is the key's: Ed25519 for an `OKP` key (RFC 8032), ES256 for an `EC` key.
   *
   * A key that cannot be used verifies nothing.
   */
  verify(key: PublicJwk, data: Bytes, signature: Bytes): boolean | Promise<boolean>;
  sha256(data: Bytes): Bytes | Promise<Bytes>;
  /** HMAC with SHA-256 (RFC 2104). */
  hmac(key: Bytes, data: Bytes): Bytes | Promise<Bytes>;
  /**
   * Unpacks ZLIB data (RFC 1950).
   *
   * @param limit The most bytes that may come out.
   * @throws Error for data that is damaged, or that outgrows the limit.
   */
  inflate(data: Bytes, limit: number): Bytes | Promise<Bytes>;
}

/**
 * What the platform brings: `node:crypto` in Node.js and Bun, Web Crypto in a browser.
 *
 * Node.js 20 and 22 have Ed25519 in Web Crypto too, but print a warning at each process's first use of it.
 */
export async function findCrypto(): Promise<Crypto> {
  const runtime: { process?: { versions?: { node?: string } } } = globalThis;
  if (runtime.process?.versions?.node === undefined) return (await import('./web-crypto.ts')).webCrypto();
  return (await import('./node-crypto.ts')).nodeCrypto();
}

/** Whether two values are the same, in a time that does not tell where they differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index += 1) difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}
