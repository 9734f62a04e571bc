import type { Bytes } from './bytes.ts';
import type { PrivateJwk, PublicJwk } from './jwk.ts';

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
