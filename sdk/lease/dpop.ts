import { toBase64Url } from '../crypto/base64url.ts';
import { toBytes } from '../crypto/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { publicHalf } from '../crypto/jwk.ts';
import { signJws } from '../crypto/jws.ts';
import type { DeviceKey } from './device-key.ts';

/** The request that a proof is for. */
export interface ProvenRequest {
  readonly method: string;
  /** The address without query and fragment. */
  readonly url: string;
  readonly token: string;
  /** By the server's clock as far as it is known, in milliseconds since 1970. */
  readonly now: number;
}

/** Proves possession of the device's key for one request (RFC 9449 section 4.2). */
export async function proveRequest(key: DeviceKey, request: ProvenRequest, crypto: Crypto): Promise<string> {
  const { method, url, token, now } = request;
  const ath = toBase64Url(await crypto.sha256(toBytes(token)));
  const claims = { jti: globalThis.crypto.randomUUID(), htm: method, htu: url, iat: Math.floor(now / 1000), ath };
  return await signJws(crypto, key.jwk, { typ: 'dpop+jwt', jwk: publicHalf(key.jwk) }, claims);
}

/**
 * Proves possession of this device's key to whoever fetches a lease for it on another machine.
 *
 * @param application The application that asks, by its id or key.
 */
export async function proveDevice(
  key: DeviceKey,
  { application, now }: { application: string; now: number },
  crypto: Crypto,
): Promise<string> {
  const claims = { application, jti: globalThis.crypto.randomUUID(), iat: Math.floor(now / 1000) };
  return await signJws(crypto, key.jwk, { typ: 'lease-request+jwt', jwk: publicHalf(key.jwk) }, claims);
}
