import { BlockList, isIP } from 'node:net';
import { ConfigError } from '../config-error.ts';

/** The network address that a request came from. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string;

/**
 * Tells the client behind the proxies of a deployment.
 *
 * Each proxy adds whom it heard to the end of `X-Forwarded-For`. It is read from there and only as far as the deployment's
 * own proxies wrote it: whatever stands before comes from the client, who may write anything.
 *
 * @param proxies Addresses, or networks such as `10.0.0.0/8`.
 * @throws ConfigError where one of them is none.
 */
export function createClientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) trust(trusted, proxy);
  const isOurs = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
  return (peer, forwardedFor) => {
    const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
    let client = plain(peer ?? '');
    while (isOurs(client)) {
      const before = hops.pop();
      if (before === undefined || isIP(before) === 0) break;
      client = before;
    }
    return client || 'unknown';
  };
}

function trust(trusted: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  const length = bits === undefined ? longest : Number(bits);
  if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > longest) {
    throw new ConfigError('NAMESAKE_PROXIES', `${proxy} is no address and no network`);
  }
  trusted.addSubnet(address, length, familyOf(address));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * The network that an address counts for. An IPv6 connection has a whole /64 to itself (RFC 6177), and its owner may take a new
 * address of it for each request.
 */
export function networkOf(address: string): string {
  const [plainAddress = ''] = address.split('%');
  if (isIP(plainAddress) !== 6) return address;
  const [head = '', tail] = plainAddress.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const left = tail === undefined ? 0 : GROUPS - before.length - after.length;
  const groups = [...before, ...Array<string>(left).fill('0'), ...after];
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** Groups of an IPv6 address in one form each; an IPv4 address at its end stands for two, which no network needs. */
const groupsOf = (text: string): string[] =>
  text
    .split(':')
    .filter(Boolean)
    .flatMap((group) => (group.includes('.') ? ['0', '0'] : [Number.parseInt(group, 16).toString(16)]));

/** An IPv4 address that came over an IPv6 socket is the same address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
