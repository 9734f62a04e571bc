import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = 'namesake signing key box';

/** The key that encrypts private keys, derived from the server's key by HKDF (RFC 5869). */
function boxKey(serverKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', serverKey, Buffer.alloc(0), PURPOSE, KEY_BYTES));
}

/**
 * Encrypts a private key under the server's key: nonce, tag and ciphertext of AES-256-GCM.
 *
 * @param kid Bound to the box, so that a box does not open under another key's name.
 */
export function closeBox(serverKey: Buffer, kid: string, privateKey: KeyObject): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, boxKey(serverKey), nonce).setAAD(Buffer.from(kid));
  const sealed = Buffer.concat([cipher.update(privateKey.export({ format: 'der', type: 'pkcs8' })), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The private key in a box; undefined where this server's key or this key id do not open it. */
export function openBox(serverKey: Buffer, kid: string, box: Buffer): KeyObject | undefined {
  const nonce = box.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, boxKey(serverKey), nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(kid))
    .setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const der = Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    // The tag does not fit: the box was closed under another key.
    return undefined;
  }
}
