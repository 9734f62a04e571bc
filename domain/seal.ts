/** What a seal of the record states, as it is signed. */
export type SealClaims = {
  /** The address of the deployment. */
  readonly iss: string;
  /** Seconds since 1970. */
  readonly iat: number;
  /** Gapless, from 1. */
  readonly seal: number;
  /** How many heads it covers by itself. */
  readonly heads: number;
  /** The digest of the seal before; {@link firstDigest} for the first. */
  readonly before: string;
  readonly digest: string;
};

/** The type of a seal's signature, so that no other signature of the same key can stand for one. */
export const sealType = 'namesake-seal+jwt';

/** What stands for the digest before the first seal. */
export const firstDigest = '0'.repeat(64);

/**
 * A seal's digest, in two steps of SHA-256: over the lines of the heads, one after the other by the bytes of the stream's
 * id, and over that digest in hexadecimal after the line of the seal before.
 *
 * Only streams that grew since the seal before are listed; the others are covered through it. So a seal covers the heads of
 * all streams however few it lists.
 */
export const sealLine = {
  before: (digest: string): string => `${digest}\n`,
  head: (streamId: string, number: number, hash: string): string => `${streamId} ${number} ${hash}\n`,
};
