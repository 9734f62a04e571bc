import type { IncomingMessage } from 'node:http';
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
 * @param unnamed Told once of a proxy nearby that is none of them: then all of its clients have one address.
 * @throws ConfigError where one of them is none.
 */
export function createClientAddress(proxies: readonly string[], unnamed: () => void = () => {}): ClientAddress {
  const isOurs = memberOf(proxies);
  let isTold = false;
  return (peer, forwardedFor) => {
    if (!isTold && forwardedFor !== undefined && isUnnamedProxy(plain(peer ?? ''), isOurs)) {
      isTold = true;
      unnamed();
    }
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

/** The client of a request that has come over a socket of ours. */
export function clientOf({ socket, headers }: IncomingMessage, clientAddress: ClientAddress): string {
  return clientAddress(socket.remoteAddress, headers['x-forwarded-for']?.toString());
}

type IsMember = (address: string) => boolean;

/** @throws ConfigError where one of them is no address and no network. */
function memberOf(networks: readonly string[]): IsMember {
  const list = new BlockList();
  for (const network of networks) trust(list, network);
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

/** Strangers may write `X-Forwarded-For` as they like; from a private network it is a proxy that does. */
const isNearby = memberOf(['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1', 'fc00::/7']);

const isUnnamedProxy = (peer: string, isOurs: IsMember): boolean => isNearby(peer) && !isOurs(peer);

function trust(trusted: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  const length = bits === undefined ? longest : Number(bits);
  if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > longest) {
    throw new ConfigError('NAMESAKE_PROXIES', `${proxy} is no address and no network`);
  }
  trusted.addSubnet(address, length, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

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
