import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import { toBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import type { PrivateJwk } from './jwk.ts';

/** A JSON object of a token, unverified until somebody has verified its signature. */
export type Claims = Readonly<Record<string, unknown>>;

/** A token taken apart (RFC 7515 section 7.1, compact serialization). */
export interface Jws {
  readonly header: Claims;
  readonly payload: Claims;
  /** What the signature is over. */
  readonly signed: Bytes;
  readonly signature: Bytes;
}

/** No honest lease or status list is longer: a list of a million leases has 125 thousand bytes. */
const longestToken = 4_194_304;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Takes a token apart; undefined where it is none. The signature is left for the caller to verify. */
export function readJws(token: string): Jws | undefined {
  if (token.length > longestToken) return undefined;
  const parts = token.split('.');
  const [head = '', body = '', tail = ''] = parts;
  const header = readClaims(head);
  const payload = readClaims(body);
  const signature = fromBase64Url(tail);
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) return undefined;
  return { header, payload, signed: toBytes(`${head}.${body}`), signature };
}

/** Signs with ES256. */
export async function signJws(crypto: Crypto, key: PrivateJwk, header: Claims, payload: Claims): Promise<string> {
  const encode = (claims: Claims) => toBase64Url(toBytes(JSON.stringify(claims)));
  const signed = `${encode({ alg: 'ES256', ...header })}.${encode(payload)}`;
  return `${signed}.${toBase64Url(await crypto.sign(key, toBytes(signed)))}`;
}

function readClaims(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(fromBase64Url(part)));
    // An array is an object too, but has none of the fields that anybody asks for.
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
