import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { Crypto } from '../crypto/crypto.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { webCrypto } from '../crypto/web-crypto.ts';
import { StubVendor } from '../tests/stub-vendor.ts';
import { KeyRing } from './key-ring.ts';
import { isRefusal } from './lease-refusal.ts';
import { readStatusList } from './status-list.ts';

const vendor = new StubVendor();
const now = Date.UTC(2026, 10, 24);

async function read(token: string, crypto: Crypto) {
  return await readStatusList(token, await KeyRing.of([vendor.publicJwk], undefined, crypto), crypto);
}

for (const [name, crypto] of [
  ['node:crypto', nodeCrypto()],
  ['Web Crypto', webCrypto()],
] as const) {
  describe(`a status list, by ${name}`, () => {
    it('names the leases that were revoked, lowest bit first', async () => {
      const list = await read(vendor.statusList([0, 9, 127], now), crypto);
      assert.ok(!isRefusal(list));
      const revoked = Array.from({ length: 200 }, (_, index) => index).filter((index) => list.isRevoked(index));
      assert.deepEqual(revoked, [0, 9, 127]);
      assert.equal(list.issuedAt, now);
    });

    it('reads the example of the draft (section 4.1)', async () => {
      const example = { bits: 1, lst: deflateSync(Buffer.from([0xb9, 0xa3])).toString('base64url') };
      const list = await read(vendor.statusList([], now, { status_list: example }), crypto);
      assert.ok(!isRefusal(list));
      const bits = Array.from({ length: 16 }, (_, index) => Number(list.isRevoked(index)));
      assert.deepEqual(bits, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
    });

    const bomb = deflateSync(Buffer.alloc(8_000_000)).toString('base64url');
    for (const [what, token, refusal] of [
      ['another key', new StubVendor('key_2').statusList([1], now), 'wrongKey'],
      ['a lease in its place', vendor.sign({ typ: 'lease+jwt' }, { sub: 'x', iat: 1 }), 'leaseInvalid'],
      ['two bits', vendor.statusList([], now, { status_list: { bits: 2, lst: 'eJwDAAAAAAE' } }), 'leaseInvalid'],
      ['damaged data', vendor.statusList([], now, { status_list: { bits: 1, lst: 'AAAA' } }), 'leaseInvalid'],
      ['a bomb', vendor.statusList([], now, { status_list: { bits: 1, lst: bomb } }), 'leaseInvalid'],
    ] as const) {
      it(`is refused with ${what}`, async () => {
        assert.equal(await read(token, crypto), refusal);
      });
    }
  });
}
