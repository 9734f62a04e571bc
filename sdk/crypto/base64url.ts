import type { Bytes } from './bytes.ts';

/** Bytes as base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of base64url without padding; undefined where it is something else. */
export function fromBase64Url(text: string): Bytes | undefined {
  return /^[\w-]*$/.test(text) && text.length % 4 !== 1 ? decode(text) : undefined;
}

/** Node.js and Bun decode ten times as fast by their own means. */
const { Buffer: native }: { Buffer?: { from(text: string, encoding: 'base64url'): Bytes } } = globalThis;
const decode: (text: string) => Bytes = native ? (text) => native.from(text, 'base64url') : decodeAnywhere;

function decodeAnywhere(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
