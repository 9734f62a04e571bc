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
 * The lines whose SHA-256, one after the other, is a seal's digest: first the digest of the seal before, then each stream
 * that grew since, by the bytes of its id.
 *
 * A stream that did not grow is covered through the seals before, so a seal covers the heads of all streams however few
 * it lists.
 */
export const sealLine = {
  before: (digest: string): string => `${digest}\n`,
  head: (streamId: string, number: number, hash: string): string => `${streamId} ${number} ${hash}\n`,
};
