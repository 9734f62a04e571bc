import { fromBase64Url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Claims } from '../crypto/jws.ts';
import { readJws } from '../crypto/jws.ts';
import type { KeyRing } from './key-ring.ts';
import { objectIn } from './lease.ts';
import type { LeaseRefusal } from './lease-refusal.ts';

/** A signed list of which leases were revoked (Token Status List, section 5.1), one bit for each. */
export interface StatusList {
  readonly token: string;
  readonly uri: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  isRevoked(index: number): boolean;
}

/** One bit each for 33 million leases. */
const longestList = 4_194_304;

/**
 * Verifies a status list and unpacks it.
 *
 * When it ends is passed over: what an old list calls revoked stays revoked, and of two lists the newer one counts.
 */
export async function readStatusList(
  token: string,
  keys: KeyRing,
  crypto: Crypto,
): Promise<StatusList | Extract<LeaseRefusal, 'wrongKey' | 'leaseInvalid'>> {
  const jws = readJws(token);
  if (jws === undefined) return 'leaseInvalid';
  const verdict = await keys.verify(jws, 'statuslist+jwt', crypto);
  if (verdict !== 'good') return verdict;
  const { sub, iat } = jws.payload;
  const bits = await unpack(objectIn(jws.payload, 'status_list'), crypto);
  if (bits === undefined || typeof sub !== 'string' || typeof iat !== 'number') return 'leaseInvalid';
  return { token, uri: sub, issuedAt: iat * 1000, isRevoked: (index) => bitOf(bits, index) };
}

async function unpack({ bits, lst }: Claims, crypto: Crypto): Promise<Bytes | undefined> {
  const packed = bits === 1 && typeof lst === 'string' ? fromBase64Url(lst) : undefined;
  if (packed === undefined) return undefined;
  try {
    return await crypto.inflate(packed, longestList);
  } catch {
    return undefined; // damaged, or a bomb
  }
}

/** The lowest bit of a byte comes first (section 4.1). What the list does not reach was not revoked when it was made. */
function bitOf(bits: Bytes, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}
