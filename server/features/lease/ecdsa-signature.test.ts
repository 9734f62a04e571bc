import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { derOf } from './ecdsa-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('what verifies side by side verifies in DER, and what does not does not', () => {
  for (let round = 0; round < 400; round += 1) {
    const text = Buffer.from(`message ${round}`);
    const raw = sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    assert.ok(verify('sha256', text, publicKey, derOf(raw)));
    raw[round % 64] = (raw[round % 64] ?? 0) ^ 1;
    assert.equal(verify('sha256', text, publicKey, derOf(raw)), false);
  }
});

const numbers: Record<string, [string, string, string]> = {
  'a set first bit': ['80'.padEnd(64, '0'), '01'.padStart(64, '0'), '302602210080'],
  'leading zeros': ['0001'.padEnd(64, 'f'), '007f'.padEnd(64, 'f'), '3042021f01'],
  zero: ['0'.repeat(64), '0'.repeat(64), '3006020100020100'],
};
for (const [what, [r, s, begin]] of Object.entries(numbers)) {
  test(`numbers with ${what} have their shortest form`, () => {
    const der = derOf(Buffer.from(r + s, 'hex'));
    assert.ok(der.toString('hex').startsWith(begin), der.toString('hex'));
    assert.equal(der[1], der.length - 2);
  });
}

test('a signature of nothing but zeros verifies nothing', () => {
  assert.equal(verify('sha256', Buffer.from('x'), publicKey, derOf(Buffer.alloc(64))), false);
});
