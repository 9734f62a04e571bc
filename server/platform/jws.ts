import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';

const SEGMENT = /^[A-Za-z0-9_-]+$/;

/** Writes a value as the segment of a JWS. */
export function jsonSegment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Reads a segment of a JWS (RFC 7515 section 2): base64url without padding; undefined where the text is none. */
export function readSegment(text: string): Buffer | undefined {
  return SEGMENT.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

/** Reads a segment that holds a JSON object; undefined where it holds anything else. */
export function readJsonSegment(text: string): Record<string, unknown> | undefined {
  const bytes = readSegment(text);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Whoever sent it gets the one answer for all that is no JSON object.
    return undefined;
  }
}

/**
 * Signs claims as a JWS in compact form (RFC 7515 section 7.1) with EdDSA (RFC 8037).
 *
 * @param header The header's segment, made once for a key and type by {@link jsonSegment}.
 */
export function signCompact(header: string, claims: object, privateKey: KeyObject): string {
  const input = `${header}.${jsonSegment(claims)}`;
  return `${input}.${sign(null, Buffer.from(input, 'latin1'), privateKey).toString('base64url')}`;
}
