import { isLoopback } from './lease/verify-lease.ts';

/**
 * Reads the address of a server.
 *
 * A token and a licence are worth nothing over a wire that anybody can read and write, so it must be `https`,
 * except on this very machine.
 *
 * @param allowInsecure Takes plain `http` from elsewhere as well, for a closed network of one's own.
 * @throws TypeError for what is no such address.
 */
export function readServerAddress(address: string, allowInsecure: boolean): URL {
  const url = new URL(address);
  const { protocol, hostname } = url;
  if (protocol === 'https:') return url;
  if (protocol !== 'http:')
    throw new TypeError(`A server's address begins with https://, and this one with ${protocol}`);
  if (allowInsecure || isLoopback(hostname)) return url;
  throw new TypeError(`${address} is not encrypted. Use https://, or allow it with allowInsecure.`);
}
