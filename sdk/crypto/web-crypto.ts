import type { Bytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import type { PrivateJwk, PublicJwk } from './jwk.ts';

const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
const es256 = { name: 'ECDSA', hash: 'SHA-256' };
const hmacSha256 = { name: 'HMAC', hash: 'SHA-256' };

/** The operations by Web Crypto, for browsers. They are there in secure contexts only. */
export function webCrypto(): Crypto {
  const { subtle } = globalThis.crypto;
  return {
    async makeKey() {
      const pair = await subtle.generateKey(p256, true, ['sign', 'verify']);
      const { x, y, d } = await subtle.exportKey('jwk', pair.privateKey);
      // A private P-256 key has all three (RFC 7518 section 6.2).
      return { kty: 'EC', crv: 'P-256', x, y, d } as PrivateJwk;
    },
    async sign(key, data) {
      const prepared = await subtle.importKey('jwk', { ...key }, p256, false, ['sign']);
      return new Uint8Array(await subtle.sign(es256, prepared, data));
    },
    async verify(jwk, data, signature) {
      try {
        const key = await subtle.importKey('jwk', { ...jwk }, algorithmOf(jwk), false, ['verify']);
        return await subtle.verify(jwk.kty === 'OKP' ? 'Ed25519' : es256, key, signature, data);
      } catch {
        return false; // not every browser has Ed25519
      }
    },
    sha256: async (data) => new Uint8Array(await subtle.digest('SHA-256', data)),
    async hmac(key, data) {
      const prepared = await subtle.importKey('raw', key, hmacSha256, false, ['sign']);
      return new Uint8Array(await subtle.sign('HMAC', prepared, data));
    },
    inflate,
  };
}

function algorithmOf(jwk: PublicJwk): { name: string; namedCurve?: string } {
  return jwk.kty === 'OKP' ? { name: 'Ed25519' } : p256;
}

async function inflate(data: Bytes, limit: number): Promise<Bytes> {
  const unpacked = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate'));
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const reader = unpacked.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError(`More than ${limit} bytes came out.`);
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
