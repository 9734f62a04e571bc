import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { JWTPayload } from 'jose';
import { createLeaseIssuer } from '../../features/lease/lease.service.ts';
import { createKeyring } from '../../features/signing-key/keyring.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { LeaseScene } from '../harness/lease-builder.ts';
import {
  askLease,
  countLeases,
  makeDeviceKeys,
  makeLeaseScene,
  makeProof,
  proofClaims,
} from '../harness/lease-builder.ts';

const segment = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('the proof of a device', () => {
  let app: TestApp;
  let scene: LeaseScene;

  before(async () => {
    app = await createTestApp();
    scene = await makeLeaseScene(app);
  });
  // So many tries as these tests take are counted apart.
  afterEach(() => app.clock.forward({ seconds: 61 }));
  after(() => app.close());

  const claims = () => proofClaims(app, scene.token);
  const body = () => ({ productId: scene.productId, teamId: scene.team.teamId });
  const ask = (proof: string | undefined) => askLease(app, { token: scene.token, proof, body: body() });

  /** Expects a proof to be refused, with the part that is wrong, and no lease. */
  async function refusedFor(part: string, proof: string | undefined): Promise<string> {
    const before = await countLeases(app);
    const answer = await ask(proof);
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalidDpopProof']);
    assert.equal(answer.body.detail?.split(':')[0], part);
    assert.equal(answer.body.lease, undefined);
    assert.equal(await countLeases(app), before);
    return answer.body.detail ?? '';
  }

  /** A proof with a header of the test's own, signed as it says. */
  async function proofWith(header: object, signature?: (input: string) => Buffer): Promise<string> {
    const input = `${segment({ typ: 'dpop+jwt', alg: 'ES256', jwk: scene.keys.jwk, ...header })}.${segment(claims())}`;
    const bytes =
      signature?.(input) ??
      Buffer.from(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, scene.keys.privateKey, Buffer.from(input)),
      );
    return `${input}.${bytes.toString('base64url')}`;
  }

  it('is taken where everything is right, also with query and fragment in its address', async () => {
    assert.equal((await ask(await makeProof(scene.keys, claims()))).status, 200);
    assert.equal((await ask(await proofWith({}))).status, 200);
    const htu = 'HTTP://LOCALHOST:4280/v1/me/leases?a=b#c';
    assert.equal((await ask(await makeProof(scene.keys, { ...claims(), htu }))).status, 200);
  });

  it('is demanded, once', async () => {
    await refusedFor('DPoP', undefined);
    const both = [await makeProof(scene.keys, claims()), await makeProof(scene.keys, claims())].join(', ');
    await refusedFor('DPoP', both);
  });

  const wrongClaims: Record<string, [string, (right: JWTPayload) => JWTPayload]> = {
    'for another method': ['htm', (right) => ({ ...right, htm: 'GET' })],
    'for a method in small letters': ['htm', (right) => ({ ...right, htm: 'post' })],
    'without a method': ['htm', ({ htm: _, ...right }) => right],
    'for another address': ['htu', (right) => ({ ...right, htu: 'http://localhost:4280/v1/me/receipts' })],
    'for another origin': ['htu', (right) => ({ ...right, htu: 'https://localhost:4280/v1/me/leases' })],
    'for an address with a longer path': ['htu', (right) => ({ ...right, htu: 'http://localhost:4280/v1/me/leases/' })],
    'for an address with somebody in it': [
      'htu',
      (right) => ({ ...right, htu: 'http://a:b@localhost:4280/v1/me/leases' }),
    ],
    'for no address': ['htu', (right) => ({ ...right, htu: 'leases' })],
    'without an address': ['htu', ({ htu: _, ...right }) => right],
    'for another token': ['ath', (right) => ({ ...right, ath: proofClaims(app, 'other').ath })],
    'without a token': ['ath', ({ ath: _, ...right }) => right],
    'without a jti': ['jti', ({ jti: _, ...right }) => right],
    'with an empty jti': ['jti', (right) => ({ ...right, jti: '' })],
    'with a jti that is too long': ['jti', (right) => ({ ...right, jti: 'x'.repeat(257) })],
    'with a number as jti': ['jti', (right) => ({ ...right, jti: 7 as never })],
    'that has expired': ['iat', (right) => ({ ...right, iat: Number(right.iat) - 61 })],
    'from the future': ['iat', (right) => ({ ...right, iat: Number(right.iat) + 61 })],
    'with a text as moment': ['iat', (right) => ({ ...right, iat: String(right.iat) as never })],
    'without a moment': ['iat', ({ iat: _, ...right }) => right],
  };
  for (const [what, [part, spoil]] of Object.entries(wrongClaims)) {
    it(`is refused ${what}`, async () => {
      await refusedFor(part, await makeProof(scene.keys, spoil(claims())));
    });
  }

  it('of a device whose clock is wrong is told from one with a wrong key: the answer names the time', async () => {
    const detail = await refusedFor(
      'iat',
      await makeProof(scene.keys, { ...claims(), iat: Number(claims().iat) + 3600 }),
    );
    const now = app.clock.now().toISOString();
    assert.equal(detail, `iat: is 3600 s ahead, at most 60 s are taken; the server's time is ${now}`);
    const late = await makeProof(scene.keys, { ...claims(), iat: Number(claims().iat) - 60 });
    assert.equal((await ask(late)).status, 200);
  });

  const publicText = () => JSON.stringify(scene.keys.jwk);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrongHeaders: Record<string, [string, () => Promise<string>]> = {
    'of another type': ['typ', () => proofWith({ typ: 'JWT' })],
    'without a type': ['typ', () => proofWith({ typ: undefined })],
    'that nobody signed (alg none)': ['alg', () => proofWith({ alg: 'none' }, () => Buffer.from('x'))],
    'signed with the public key as a secret (HS256)': [
      'alg',
      () => proofWith({ alg: 'HS256' }, (input) => createHmac('sha256', publicText()).update(input).digest()),
    ],
    'that calls an EC key RSA (RS256)': ['alg', () => proofWith({ alg: 'RS256' })],
    'by RSA': [
      'alg',
      () =>
        proofWith({ alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) }, (input) =>
          sign('sha256', Buffer.from(input), rsa.privateKey),
        ),
    ],
    'that calls an EC key Ed25519': ['jwk', () => proofWith({ alg: 'EdDSA' })],
    'with the private key in it': [
      'jwk',
      async () => proofWith({ jwk: await crypto.subtle.exportKey('jwk', scene.keys.privateKey) }),
    ],
    'with a symmetric key': ['jwk', () => proofWith({ jwk: { kty: 'oct', k: 'AAAA' } })],
    'without a key': ['jwk', () => proofWith({ jwk: undefined })],
    'with a key on another curve': ['jwk', () => proofWith({ jwk: { ...scene.keys.jwk, crv: 'P-384' } })],
    'with a key that is no point': ['jwk', () => proofWith({ jwk: { ...scene.keys.jwk, y: scene.keys.jwk.x } })],
    'with a key that is too short': ['jwk', () => proofWith({ jwk: { ...scene.keys.jwk, x: 'AAAA' } })],
    'with an extension that must be understood': ['crit', () => proofWith({ crit: ['exp'], exp: 1 })],
    'with a signature in another form (DER)': [
      'signature',
      () => proofWith({}, () => Buffer.from('3006020101020101', 'hex')),
    ],
    'with a signature of zeros': ['signature', () => proofWith({}, () => Buffer.alloc(64))],
  };
  for (const [what, [part, make]] of Object.entries(wrongHeaders)) {
    it(`is refused ${what}`, async () => {
      await refusedFor(part, await make());
    });
  }

  it('is refused by the key of another device', async () => {
    const other = await makeDeviceKeys();
    await refusedFor('signature', await makeProof({ ...other, jwk: scene.keys.jwk }, claims()));
    const edwards = await makeDeviceKeys('EdDSA');
    const foreign = await makeDeviceKeys('EdDSA');
    await refusedFor('signature', await makeProof({ ...edwards, jwk: foreign.jwk }, claims()));
  });

  it('is refused when it was cut, changed or is none at all', async () => {
    const right = await makeProof(scene.keys, claims());
    const [header = '', payload = '', signature = ''] = right.split('.');
    for (const cut of [
      '',
      'x',
      header,
      `${header}.${payload}`,
      `${right}.`,
      `${right}.x`,
      `.${payload}.${signature}`,
    ]) {
      await refusedFor('DPoP', cut);
    }
    for (const broken of [
      `${header}=.${payload}.${signature}`,
      `${segment('[]')}.${payload}.${signature}`,
      `${header}.${segment('7')}.${signature}`,
    ]) {
      await refusedFor('DPoP', broken);
    }
    await refusedFor('signature', right.slice(0, -4));
    await refusedFor('signature', `${header}.${segment(claims())}.${signature}`);
    assert.equal((await ask(right)).status, 200);
  });

  it('is refused when its header is oversized, before anything of it is read', async () => {
    const proof = await proofWith({ padding: 'x'.repeat(5000) });
    assert.match(await refusedFor('DPoP', proof), /longer than 4096/);
  });

  it('is taken once', async () => {
    const proof = await makeProof(scene.keys, claims());
    assert.equal((await ask(proof)).status, 200);
    await refusedFor('jti', proof);
    // The same jti in a proof that was signed anew is the same proof.
    const again = claims();
    assert.equal((await ask(await makeProof(scene.keys, again))).status, 200);
    await refusedFor('jti', await makeProof(scene.keys, { ...again, iat: Number(again.iat) + 1 }));
  });

  it('is taken once of several at the same moment, in one batch and over two processes', async () => {
    const together = await makeProof(scene.keys, claims());
    const inOneBatch = await Promise.all(Array.from({ length: 5 }, () => ask(together)));
    assert.deepEqual(inOneBatch.map(({ status }) => status).sort(), [200, 400, 400, 400, 400]);

    const processes = [0, 1].map(() => createLeaseIssuer(app.ground, createKeyring(app.ground)));
    for (let round = 0; round < 10; round += 1) {
      const proof = await makeProof(scene.keys, claims());
      const before = await countLeases(app);
      const results = await Promise.allSettled(
        processes.map((issue) => issue({ token: scene.token, proof, ...body() })),
      );
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal(await countLeases(app), before + 1);
    }
  });

  it('of many devices at once meets no lock of another, whatever order they come in', async () => {
    const processes = [0, 1].map(() => createLeaseIssuer(app.ground, createKeyring(app.ground)));
    const own = await makeLeaseScene(app);
    const ownBody = { productId: own.productId, teamId: own.team.teamId };
    const proofs = await Promise.all(
      Array.from({ length: 25 }, () => makeProof(own.keys, proofClaims(app, own.token))),
    );
    const orders = [proofs, proofs.toReversed()];
    const results = await Promise.allSettled(
      processes.flatMap((issue, index) =>
        (orders[index] ?? []).map((proof) => issue({ token: own.token, proof, ...ownBody })),
      ),
    );
    const codes = results.map((result) =>
      result.status === 'fulfilled' ? 'lease' : String((result.reason as { code: string }).code),
    );
    assert.equal(codes.filter((code) => code === 'lease').length, 25);
    assert.equal(codes.filter((code) => code === 'invalidDpopProof').length, 25);
  });
});
