import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { webCrypto } from '../crypto/web-crypto.ts';
import { StubVendor } from '../tests/stub-vendor.ts';
import { KeyRing } from './key-ring.ts';
import { isRefusal } from './lease-refusal.ts';
import { sameServer, verifyLease } from './verify-lease.ts';

const vendor = new StubVendor();
const crypto = nodeCrypto();
const now = Date.UTC(2026, 10, 24);
const item = {
  ...{ teamId: 'team_1', teamName: 'Studio', productId: 'prod_1', productKey: 'share', productName: 'Share' },
  ...{ decision: true, reason: 'held', until: '2027-11-24', revision: 3 },
};
const issue = { item, thumbprint: 'mine', now };
const good = vendor.lease(issue);
const [head = '', body = '', signature = ''] = good.split('.');
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function verify(token: string, { application = 'sketchpad', by = crypto } = {}) {
  const keys = await KeyRing.of([vendor.publicJwk], undefined, by);
  return await verifyLease(token, { keys, application, issuer: 'http://localhost:4280', thumbprint: 'mine' }, by);
}

/** The public key taken for a shared secret, as a library would that lets the token choose the algorithm. */
function signedWithPublicKey(): string {
  const signed = `${part({ alg: 'HS256', typ: 'lease+jwt', kid: vendor.kid })}.${body}`;
  const secret = Buffer.from(vendor.publicJwk.x, 'base64url');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe('a lease', () => {
  it('is read as it was issued', async () => {
    const lease = await verify(good);
    assert.ok(!isRefusal(lease));
    assert.deepEqual(
      [lease.teamName, lease.productKey, lease.reason, lease.until, lease.revision, lease.expiresAt],
      ['Studio', 'share', 'held', '2027-11-24', 3, now + 24 * 3_600_000],
    );
    assert.equal(lease.status?.uri, 'http://localhost:4280/v1/status-lists/1');
  });

  it('is verified by Web Crypto as well', async () => {
    assert.ok(!isRefusal(await verify(good, { by: webCrypto() })));
    assert.equal(await verify(`${head}.${body}.${'A'.repeat(86)}`, { by: webCrypto() }), 'leaseInvalid');
  });

  const refused: [string, string, string][] = [
    ['alg none', `${part({ alg: 'none', typ: 'lease+jwt', kid: vendor.kid })}.${body}.`, 'leaseInvalid'],
    ['alg none with a signature', `${part({ alg: 'none', typ: 'lease+jwt' })}.${body}.${signature}`, 'leaseInvalid'],
    ['HS256 with the public key', signedWithPublicKey(), 'leaseInvalid'],
    ['an extension that must be understood', vendor.lease(issue, {}, { crit: ['b64'], b64: false }), 'leaseInvalid'],
    ['another type', vendor.lease(issue, {}, { typ: 'statuslist+jwt' }), 'leaseInvalid'],
    ['a key that nobody knows', new StubVendor('key_2').lease(issue), 'wrongKey'],
    ['another key of the same name', new StubVendor().lease(issue), 'leaseInvalid'],
    ['changed claims', `${head}.${part(vendor.claims({ ...issue, thumbprint: 'mine' }))}.${signature}`, 'leaseInvalid'],
    ['a cut signature', good.slice(0, -4), 'leaseInvalid'],
    ['a part too many', `${good}.${signature}`, 'leaseInvalid'],
    ['no token', 'lease', 'leaseInvalid'],
    ['nothing', '', 'leaseInvalid'],
    ['another server', vendor.lease(issue, { iss: 'https://licences.example.com' }), 'leaseInvalid'],
    ['another application', vendor.lease(issue, { application_key: 'painter' }), 'leaseInvalid'],
    ['no end', vendor.lease(issue, { exp: undefined }), 'leaseInvalid'],
    ['an end that is no number', vendor.lease(issue, { exp: '9999999999' }), 'leaseInvalid'],
    ['another device', vendor.lease(issue, { cnf: { jkt: 'yours' } }), 'leaseOfAnotherDevice'],
    ['no device', vendor.lease(issue, { cnf: undefined }), 'leaseInvalid'],
  ];
  for (const [what, token, refusal] of refused) {
    it(`is refused with ${what}: ${refusal}`, async () => {
      assert.equal(await verify(token), refusal);
    });
  }

  it('may name the application by its id alone', async () => {
    const token = vendor.lease(issue, { application_key: undefined });
    assert.ok(!isRefusal(await verify(token)));
    assert.ok(!isRefusal(await verify(token, { application: 'app_1' })));
    assert.equal(await verify(token, { application: 'app_2' }), 'leaseInvalid');
  });
});

for (const [one, other, same] of [
  ['https://a.example/', 'https://a.example', true],
  ['https://a.example/licences', 'https://a.example/licences/', true],
  ['https://a.example', 'http://a.example', false],
  ['https://a.example', 'https://b.example', false],
  ['https://a.example/one', 'https://a.example/two', false],
  ['http://localhost:4280', 'http://127.0.0.1:4313', true],
  ['http://localhost.example', 'http://localhost', false],
  ['nowhere', 'nowhere', false],
] as const) {
  it(`takes ${one} and ${other} for ${same ? 'one server' : 'two servers'}`, () => {
    assert.equal(sameServer(one, other), same);
  });
}
