import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '../config-error.ts';
import { createClientAddress, networkOf } from './client-address.ts';

describe('the address of a client', () => {
  const behind = createClientAddress(['10.0.0.0/8', 'fd00::1', '127.0.0.1']);

  for (const { what, peer, header, client } of [
    { what: 'is the peer where no proxy stands before', peer: '203.0.113.7', header: undefined, client: '203.0.113.7' },
    { what: 'is not what a stranger writes', peer: '203.0.113.7', header: '198.51.100.1', client: '203.0.113.7' },
    { what: 'is what our proxy heard', peer: '10.1.2.3', header: '203.0.113.7', client: '203.0.113.7' },
    {
      what: 'is not what the client told our proxy',
      peer: '10.1.2.3',
      header: '1.1.1.1, 203.0.113.7',
      client: '203.0.113.7',
    },
    {
      what: 'is told through two proxies',
      peer: 'fd00::1',
      header: '1.1.1.1, 203.0.113.7, 10.9.9.9',
      client: '203.0.113.7',
    },
    { what: 'is IPv6 as well', peer: '::ffff:127.0.0.1', header: '2001:db8::5', client: '2001:db8::5' },
    { what: 'is the proxy’s where it tells nothing', peer: '10.1.2.3', header: undefined, client: '10.1.2.3' },
    { what: 'is the proxy’s where it tells nonsense', peer: '10.1.2.3', header: 'evil"\n', client: '10.1.2.3' },
    { what: 'is not known without a peer', peer: undefined, header: '203.0.113.7', client: 'unknown' },
  ]) {
    it(what, () => assert.equal(behind(peer, header), client));
  }

  it('is the peer alone where no proxy was named', () => {
    assert.equal(createClientAddress([])('127.0.0.1', '203.0.113.7'), '127.0.0.1');
  });

  it('that cannot be told behind a proxy which nobody named is said, once', () => {
    let told = 0;
    const clientOf = createClientAddress(['10.0.0.1'], () => {
      told += 1;
    });
    clientOf('10.0.0.1', '203.0.113.7');
    clientOf('192.168.0.9', undefined);
    clientOf('203.0.113.7', '198.51.100.1');
    assert.equal(told, 0);
    for (let round = 0; round < 3; round += 1)
      assert.equal(clientOf('::ffff:192.168.0.9', '203.0.113.7'), '192.168.0.9');
    assert.equal(told, 1);
  });

  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/x', '']) {
    it(`is not looked for behind "${wrong}"`, () => assert.throws(() => createClientAddress([wrong]), ConfigError));
  }
});

describe('the network that an address counts for', () => {
  for (const { address, network } of [
    { address: '203.0.113.7', network: '203.0.113.7' },
    { address: '2001:db8:0:7::1', network: '2001:db8:0:7::/64' },
    { address: '2001:0DB8:0000:0007:ffff:ffff:ffff:ffff', network: '2001:db8:0:7::/64' },
    { address: '2001:db8:0:8::1', network: '2001:db8:0:8::/64' },
    { address: '2001:db8::', network: '2001:db8:0:0::/64' },
    { address: '::1', network: '0:0:0:0::/64' },
    { address: 'fe80::1%eth0', network: 'fe80:0:0:0::/64' },
    { address: '64:ff9b:1:2:3:4:192.0.2.1', network: '64:ff9b:1:2::/64' },
    { address: 'unknown', network: 'unknown' },
  ]) {
    it(`is ${network} for ${address}`, () => assert.equal(networkOf(address), network));
  }
});
