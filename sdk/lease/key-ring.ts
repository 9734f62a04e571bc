import type { Crypto } from '../crypto/crypto.ts';
import type { PublicJwk } from '../crypto/jwk.ts';
import { readPublicJwk } from '../crypto/jwk.ts';
import type { Jws } from '../crypto/jws.ts';
import { thumbprint } from '../crypto/thumbprint.ts';

/**
 * The vendor's keys as an application pins them: thumbprints of keys (RFC 7638), or the keys themselves as a JWK set
 * (RFC 7517 section 5).
 */
export type TrustedKeys = readonly string[] | { readonly keys: readonly object[] };

/** The keys that leases and status lists may be signed with. */
export class KeyRing {
  readonly keys: readonly PublicJwk[];

  /**
   * Keeps those keys of the server that may be trusted.
   *
   * @param offered What the server published, or what was kept of it.
   * @param trusted Pins: then nothing else is trusted, and keys among the pins need not be offered.
   */
  static async of(offered: readonly PublicJwk[], trusted: TrustedKeys | undefined, crypto: Crypto): Promise<KeyRing> {
    if (trusted === undefined) return new KeyRing(offered);
    if (!isThumbprints(trusted)) return new KeyRing(readKeys(trusted));
    const prints = await Promise.all(offered.map((key) => thumbprint(key, crypto)));
    return new KeyRing(offered.filter((_, index) => trusted.includes(prints[index] ?? '')));
  }

  private constructor(keys: readonly PublicJwk[]) {
    this.keys = keys;
  }

  /**
   * Verifies a token of the server.
   *
   * `alg` decides nothing: the key says how its signatures are made, and a token that names another way is refused
   * (RFC 8725 section 3.1). So `none` and an HMAC with the public key come to nothing.
   */
  async verify({ header, signed, signature }: Jws, type: string, crypto: Crypto): Promise<Verdict> {
    if (header.alg !== 'EdDSA' || header.typ !== type || header.crit !== undefined) return 'leaseInvalid';
    const key = this.keys.find(({ kid, kty }) => kid === header.kid && kty === 'OKP');
    if (key === undefined) return 'wrongKey';
    return (await crypto.verify(key, signed, signature)) ? 'good' : 'leaseInvalid';
  }
}

const isThumbprints = (trusted: TrustedKeys): trusted is readonly string[] => Array.isArray(trusted);

type Verdict = 'good' | 'wrongKey' | 'leaseInvalid';

/** The keys of a JWK set that are for verifying signatures. */
export function readKeys(set: unknown): PublicJwk[] {
  if (typeof set !== 'object' || set === null || !('keys' in set) || !Array.isArray(set.keys)) return [];
  return set.keys.flatMap((key) => readPublicJwk(key) ?? []);
}
