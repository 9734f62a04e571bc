import { toBase64Url } from './base64url.ts';
import { toBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import type { PublicJwk } from './jwk.ts';

/** The key's own name, from nothing but its value (RFC 7638). */
export async function thumbprint(key: PublicJwk, crypto: Crypto): Promise<string> {
  const { kty, crv, x } = key;
  // The members that are required, in the order of their names (section 3.2).
  const required = key.kty === 'EC' ? { crv, kty, x, y: key.y } : { crv, kty, x };
  return toBase64Url(await crypto.sha256(toBytes(JSON.stringify(required))));
}
