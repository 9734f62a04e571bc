import type { KeyObject } from 'node:crypto';
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { Bytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import type { PrivateJwk, PublicJwk } from './jwk.ts';

const dsaEncoding = 'ieee-p1363';

/** The operations by `node:crypto`, for Node.js and Bun. */
export function nodeCrypto(): Crypto {
  const keyOf = rememberKeys();
  return {
    async makeKey() {
      const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
      // A private P-256 key has all three (RFC 7518 section 6.2).
      return { kty: 'EC', crv: 'P-256', x, y, d } as PrivateJwk;
    },
    async sign(key, data) {
      const prepared = createPrivateKey({ key: { ...key }, format: 'jwk' });
      return new Uint8Array(sign('sha256', data, { key: prepared, dsaEncoding }));
    },
    verify(jwk, data, signature) {
      const key = keyOf(jwk);
      if (key === undefined) return false;
      return jwk.kty === 'OKP'
        ? verify(null, data, key, signature)
        : verify('sha256', data, { key, dsaEncoding }, signature);
    },
    sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
    hmac: (key, data) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
    inflate: (data: Bytes, limit) => new Uint8Array(inflateSync(data, { maxOutputLength: limit })),
  };
}

/** Preparing a key takes a good part of the time that verifying does, and there are only a few. */
function rememberKeys(): (jwk: PublicJwk) => KeyObject | undefined {
  const prepared = new WeakMap<PublicJwk, KeyObject>();
  return (jwk) => {
    const known = prepared.get(jwk);
    if (known !== undefined) return known;
    try {
      const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
      prepared.set(jwk, key);
      return key;
    } catch {
      return undefined;
    }
  };
}
