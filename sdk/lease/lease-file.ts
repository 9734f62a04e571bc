import type { Crypto } from '../crypto/crypto.ts';
import type { PublicJwk } from '../crypto/jwk.ts';
import { readPublicJwk } from '../crypto/jwk.ts';
import { readJws } from '../crypto/jws.ts';
import { thumbprint } from '../crypto/thumbprint.ts';
import { NamesakeError } from '../namesake-error.ts';
import { readKeys } from './key-ring.ts';

/** Leases on their way to a machine without network, with all that is needed to verify them. Nothing in it is secret. */
export interface LeaseFile {
  readonly leases: readonly string[];
  readonly keys: readonly PublicJwk[];
  readonly statusLists: readonly string[];
}

/** What a machine without network asks for, signed with its device's key. */
export interface LeaseRequestFile {
  readonly application: string;
  readonly product: string;
  readonly team: string | undefined;
  /** Where the machine says that it stands; for people to read. */
  readonly place: string | undefined;
  /** The signed request. */
  readonly request: string;
}

const leaseType = 'namesake lease';
const requestType = 'namesake lease request';

export function writeLeaseFile(file: LeaseFile): string {
  return `${JSON.stringify({ type: leaseType, version: 1, ...file }, undefined, 2)}\n`;
}

/**
 * Reads what `writeLeaseFile` wrote. Who signed it is for its reader to verify.
 *
 * @throws NamesakeError `unreadable`
 */
export function readLeaseFile(text: string): LeaseFile {
  const { leases, keys, statusLists } = readFile(text, leaseType, 'lease');
  return { leases: texts(leases), keys: readKeys({ keys }), statusLists: texts(statusLists) };
}

export function writeRequestFile(file: LeaseRequestFile): string {
  return `${JSON.stringify({ type: requestType, version: 1, ...file }, undefined, 2)}\n`;
}

/**
 * Reads what `writeRequestFile` wrote, and verifies that the key in the request has signed it.
 *
 * @throws NamesakeError `unreadable`
 */
export async function readRequestFile(
  text: string,
  crypto: Crypto,
): Promise<LeaseRequestFile & { readonly thumbprint: string }> {
  const { application, product, team, place, request } = readFile(text, requestType, 'lease request');
  const jws = typeof request === 'string' ? readJws(request) : undefined;
  const key = readPublicJwk(jws?.header.jwk);
  const isWhole = jws !== undefined && key !== undefined && (await crypto.verify(key, jws.signed, jws.signature));
  if (!isWhole || typeof request !== 'string' || typeof application !== 'string' || typeof product !== 'string') {
    throw new NamesakeError('unreadable', { message: 'The lease request is damaged. Make a new one.' });
  }
  const named = { team: optionalText(team), place: optionalText(place) };
  return { application, product, ...named, request, thumbprint: await thumbprint(key, crypto) };
}

function readFile(text: string, type: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text);
    if (value.type === type && value.version === 1) return value;
  } catch {
    // The message below says it.
  }
  throw new NamesakeError('unreadable', { message: `This file is no ${name} file of Namesake.` });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
