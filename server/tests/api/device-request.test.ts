import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { DeviceKeys, LeaseScene } from '../harness/lease-builder.ts';
import {
  askLease,
  countLeases,
  makeDeviceKeys,
  makeLeaseScene,
  makeProof,
  proofClaims,
} from '../harness/lease-builder.ts';

const day = 86_400;

describe('the request of a device without network', () => {
  let app: TestApp;
  let scene: LeaseScene;
  let machine: DeviceKeys;
  let application: string;

  before(async () => {
    app = await createTestApp();
    scene = await makeLeaseScene(app);
    machine = await makeDeviceKeys();
    const { db } = app.ground;
    ({ key: application } = await db
      .selectFrom('application')
      .select('key')
      .where('id', '=', scene.applicationId)
      .executeTakeFirstOrThrow());
  });
  // So many tries as these tests take are counted apart.
  afterEach(() => app.clock.forward({ seconds: 61 }));
  after(() => app.close());

  const now = () => Math.floor(app.clock.now().getTime() / 1000);

  /** A right request, but for what a test spoils. */
  async function request(claims: object = {}, header: object = {}, by = machine): Promise<string> {
    return await new SignJWT({ application, jti: randomUUID(), iat: now(), ...claims })
      .setProtectedHeader({ typ: 'lease-request+jwt', alg: by.alg, jwk: machine.jwk, ...header })
      .sign(by.privateKey);
  }

  /** Asks in the name of the person who is signed in on another device. */
  async function ask(deviceRequest: string) {
    const proof = await makeProof(scene.keys, proofClaims(app, scene.token));
    const body = { productId: scene.productId, teamId: scene.team.teamId, deviceRequest };
    return await askLease(app, { token: scene.token, proof, body });
  }

  const claimsOf = (lease: string) => JSON.parse(Buffer.from(lease.split('.')[1] ?? '', 'base64url').toString());

  it('gets a lease that is bound to that device, and not to the one that carries it', async () => {
    const { status, body } = await ask(await request());
    assert.equal(status, 200);
    assert.equal(claimsOf(body.lease).cnf.jkt, await calculateJwkThumbprint(machine.jwk));
    assert.equal(claimsOf(body.lease).sub, scene.person.accountId);
  });

  it('may name the application by its id, and may have been a week on its way', async () => {
    const { status } = await ask(await request({ application: scene.applicationId, iat: now() - 7 * day }));
    assert.equal(status, 200);
  });

  it('is good for one lease', async () => {
    const carried = await request();
    assert.equal((await ask(carried)).status, 200);
    const { status, body } = await ask(carried);
    assert.deepEqual([status, body.code], [400, 'invalidDpopProof']);
    assert.equal(body.detail, 'deviceRequest: was taken before');
  });

  it('does not take the place of the proof of whoever carries it', async () => {
    const body = { productId: scene.productId, teamId: scene.team.teamId, deviceRequest: await request() };
    const answer = await askLease(app, { token: scene.token, body });
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalidDpopProof']);
    const stranger = await makeProof(scene.keys, proofClaims(app, 'no-token'));
    assert.equal((await askLease(app, { token: 'no-token', proof: stranger, body })).status, 401);
  });

  const spoilt: [string, () => Promise<string>][] = [
    ['of another application', () => request({ application: 'painter' })],
    ['of no application', () => request({ application: undefined })],
    ['that is older than a week', () => request({ iat: now() - 7 * day - 1 })],
    ['from the day after tomorrow', () => request({ iat: now() + 2 * day })],
    ['without a moment', () => request({ iat: undefined })],
    ['whose moment is a text', () => request({ iat: String(now()) })],
    ['without a name of its own', () => request({ jti: undefined })],
    ['that is a proof', () => request({}, { typ: 'dpop+jwt' })],
    ['with an extension', () => request({}, { crit: ['b64'], b64: true })],
    ['signed by another key', async () => request({}, {}, await makeDeviceKeys())],
    ['that shows its private key', async () => request({}, { jwk: await exportJWK(machine.privateKey) })],
    ['without a signature', async () => `${(await request()).split('.').slice(0, 2).join('.')}.`],
    ['that is none', async () => 'request'],
  ];
  for (const [what, make] of spoilt) {
    it(`is refused by name where it is one ${what}`, async () => {
      const before = await countLeases(app);
      const { status, body } = await ask(await make());
      assert.deepEqual([status, body.code], [400, 'invalidDpopProof']);
      assert.match(body.detail ?? '', /^deviceRequest: /);
      assert.equal(await countLeases(app), before);
    });
  }
});
