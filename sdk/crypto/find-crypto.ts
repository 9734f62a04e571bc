import type { Crypto } from './crypto.ts';

/**
 * What the platform brings: `node:crypto` in Node.js and Bun, Web Crypto in a browser.
 *
 * Node.js 20 and 22 have Ed25519 in Web Crypto too, but print a warning at each process's first use of it.
 */
export async function findCrypto(): Promise<Crypto> {
  const runtime: { process?: { versions?: { node?: string } } } = globalThis;
  if (runtime.process?.versions?.node === undefined) return (await import('./web-crypto.ts')).webCrypto();
  return (await import('./node-crypto.ts')).nodeCrypto();
}
