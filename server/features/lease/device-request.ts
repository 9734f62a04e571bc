import { hash } from 'node:crypto';
import { readJsonSegment, readSegment } from '../../platform/jws.ts';
import { readDeviceKey } from './device-key.ts';
import type { Proof } from './dpop-proof.ts';
import { wrong } from './dpop-proof.ts';

/** The application that asks, by both of its names. */
export interface AskingApplication {
  readonly id: string;
  readonly key: string;
}

const JTI_LIMIT = 256;
const VALID_SECONDS = 7 * 86_400;
/** The clock of a machine without network goes as it likes. */
const AHEAD_SECONDS = 86_400;

/**
 * Verifies the request of a device that has no network, which somebody carried here: a JWS of the device's own key. The lease is
 * bound to that key, and whoever carries the request proves possession of their own.
 *
 * It is good for a week and for one lease: its `jti` is taken as a proof's is.
 *
 * @throws AppError `invalidDpopProof`; its detail begins with `deviceRequest`.
 */
export function verifyDeviceRequest(request: string, application: AskingApplication, now: Date): Proof {
  const [head = '', payload = '', signature = '', ...rest] = request.split('.');
  const claims = readJsonSegment(payload);
  const signed = readSegment(signature);
  if (!(claims && signed) || rest.length > 0) throw refusal('is not one JWS in compact form');
  const key = readKey(head);
  if (!key.verify(`${head}.${payload}`, signed)) throw refusal('its signature does not fit the key of its header');
  checkClaims(claims, application, now);
  return { jkt: key.jkt, id: hash('sha256', `${key.jkt}.${String(claims.jti)}`, 'buffer') };
}

function readKey(segment: string) {
  const { typ, alg, jwk, crit } = readJsonSegment(segment) ?? {};
  if (typ !== 'lease-request+jwt') throw refusal('expected the typ lease-request+jwt');
  if (alg !== 'ES256' && alg !== 'EdDSA') throw refusal('expected the alg ES256 or EdDSA');
  if (crit !== undefined) throw refusal('names extensions that are not understood here');
  const key = readDeviceKey(alg, jwk);
  if (typeof key === 'string') throw refusal(`its jwk ${key}`);
  return key;
}

function checkClaims({ application, jti, iat }: Record<string, unknown>, asking: AskingApplication, now: Date): void {
  if (application !== asking.id && application !== asking.key) throw refusal('is for another application');
  if (typeof jti !== 'string' || jti.length === 0 || jti.length > JTI_LIMIT)
    throw refusal('its jti is missing or too long');
  const age = typeof iat === 'number' ? now.getTime() / 1000 - iat : Number.NaN;
  if (!(age <= VALID_SECONDS && age >= -AHEAD_SECONDS)) throw refusal('its iat is missing, or more than a week ago');
}

const refusal = (what: string) => wrong('deviceRequest', what);
