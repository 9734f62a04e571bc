import { toBase64Url } from '../crypto/base64url.ts';
import { sameBytes, toBytes } from '../crypto/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PublicJwk } from '../crypto/jwk.ts';
import type { DeviceKey } from './device-key.ts';
import { readKeys } from './key-ring.ts';
import type { LeaseRefusal } from './lease-refusal.ts';

/** All that is kept for a time without network. */
export interface LeaseDocument {
  /** The latest moment that was seen, in milliseconds since 1970. */
  readonly seenAt: number;
  /** The leases as they were issued. */
  readonly leases: readonly string[];
  /** The keys that the server published. */
  readonly keys: readonly PublicJwk[];
  /** The status lists as they were issued. */
  readonly statusLists: readonly string[];
}

/** Nothing yet. */
export const emptyDocument: LeaseDocument = { seenAt: 0, leases: [], keys: [], statusLists: [] };

/** Seals a document for one place: whoever changes it, or takes one from another device or place, breaks the seal. */
export async function sealDocument(
  document: LeaseDocument,
  place: string,
  key: DeviceKey,
  crypto: Crypto,
): Promise<string> {
  const text = JSON.stringify(document);
  const seal = toBase64Url(await sealOf(text, place, key, crypto));
  return JSON.stringify({ version: 1, device: key.thumbprint, document: text, seal });
}

/** Opens what was sealed; says why it cannot be trusted otherwise. */
export async function openDocument(
  sealed: string,
  place: string,
  key: DeviceKey | undefined,
  crypto: Crypto,
): Promise<LeaseDocument | Extract<LeaseRefusal, 'cacheTampered' | 'leaseOfAnotherDevice'>> {
  const { device, document, seal } = readEnvelope(sealed);
  if (document === undefined || seal === undefined) return 'cacheTampered';
  if (key === undefined || key.foreign || device !== key.thumbprint) return 'leaseOfAnotherDevice';
  const expected = toBase64Url(await sealOf(document, place, key, crypto));
  return sameBytes(toBytes(seal), toBytes(expected)) ? readDocument(document) : 'cacheTampered';
}

async function sealOf(text: string, place: string, key: DeviceKey, crypto: Crypto): Promise<Uint8Array> {
  return await crypto.hmac(await key.derive('namesake seal'), toBytes(`${place}\n${text}`));
}

function readEnvelope(sealed: string): { device?: string; document?: string; seal?: string } {
  try {
    const { device, document, seal } = JSON.parse(sealed);
    if (typeof document !== 'string' || typeof seal !== 'string') return {};
    return { device: String(device), document, seal };
  } catch {
    return {};
  }
}

/** The seal was ours, so the text is. */
function readDocument(text: string): LeaseDocument {
  const { seenAt, leases, keys, statusLists } = JSON.parse(text);
  return { seenAt, leases, keys: readKeys({ keys }), statusLists };
}
