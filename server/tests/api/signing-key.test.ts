import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { createLeaseIssuer } from '../../features/lease/lease.service.ts';
import { createKeyring } from '../../features/signing-key/keyring.service.ts';
import {
  ensureSigningKeys,
  listSigningKeys,
  revokeSigningKey,
  rotateSigningKey,
  rotateWhenOld,
} from '../../features/signing-key/signing-key.service.ts';
import type { Log } from '../../platform/log.ts';
import { silentLog } from '../../platform/log.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import type { LeaseScene } from '../harness/lease-builder.ts';
import { countLeases, makeLeaseScene, makeProof, proofClaims, verifyToken } from '../harness/lease-builder.ts';

describe('signing keys', () => {
  let app: TestApp;
  let scene: LeaseScene;

  before(async () => {
    app = await createTestApp();
    scene = await makeLeaseScene(app);
    await ensureSigningKeys(app.ground);
  });
  after(() => app.close());

  /** An issuer as a process that has just started has it. */
  const issueAnew = async (ground = app.ground) => {
    const issue = createLeaseIssuer(ground, createKeyring(ground));
    const proof = await makeProof(scene.keys, proofClaims(app, scene.token));
    return issue({ token: scene.token, proof, productId: scene.productId, teamId: scene.team.teamId });
  };
  const stateOf = async () =>
    Object.fromEntries((await listSigningKeys(app.ground)).map(({ kid, state }) => [kid, state]));
  const published = async () => (await createKeyring(app.ground).publicKeys()).map(({ kid }) => kid as string);
  const kidOf = (token: string) => String(decodeProtectedHeader(token).kid);

  it('are made once, by whoever comes first: one that signs and the next', async (t) => {
    const fresh = await createTestApp();
    t.after(() => fresh.close());
    const made = await Promise.all(Array.from({ length: 5 }, () => ensureSigningKeys(fresh.ground)));
    assert.ok(made.every((keys) => keys.length === 2));
    const { keys } = await fresh.anonymous.getPublicKeys();
    assert.equal(keys.length, 2);
    const events = await fresh.ground.db
      .selectFrom('event')
      .select('kind')
      .where('streamId', '=', 'vendor')
      .orderBy('number')
      .execute();
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['signingKeyMade', 'signingKeyRotated', 'signingKeyMade'],
    );
  });

  it('are published as a JWKS that may be cached, without anything private', async () => {
    const answer = await app.request('/.well-known/jwks.json');
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=300');
    const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
    assert.ok(keys.length >= 2);
    for (const key of keys) {
      assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
      assert.deepEqual([key.kty, key.crv, key.alg, key.use], ['OKP', 'Ed25519', 'EdDSA', 'sig']);
    }
  });

  it('are kept encrypted', async () => {
    const [row] = await listSigningKeys(app.ground);
    assert.ok(row?.privateBox);
    assert.ok(!row.privateBox.includes(Buffer.from('302e020100300506032b6570', 'hex')));
  });

  it('rotate: the next one was published before it signs, and old leases verify until they end', async () => {
    const before = await issueAnew();
    const knownKeys = await published();
    const rotated = await rotateSigningKey(app.ground);
    assert.equal(rotated.state, 'done');
    const after = await issueAnew();
    assert.notEqual(kidOf(after.lease), kidOf(before.lease));
    assert.ok(knownKeys.includes(kidOf(after.lease)));
    const states = await stateOf();
    assert.equal(states[kidOf(before.lease)], 'retired');
    assert.equal(states[kidOf(after.lease)], 'current');
    await verifyToken(app, before.lease, { typ: 'lease+jwt' });
    assert.ok((await published()).includes(kidOf(before.lease)));
  });

  it('rotate twice, and by several at once one after the other', async () => {
    const before = await stateOf();
    await rotateSigningKey(app.ground);
    await rotateSigningKey(app.ground);
    await Promise.all([rotateSigningKey(app.ground), rotateSigningKey(app.ground)]);
    const states = Object.values(await stateOf());
    assert.equal(states.length, Object.keys(before).length + 4);
    assert.equal(states.filter((state) => state === 'current').length, 1);
    assert.equal(states.filter((state) => state === 'next').length, 1);
    await assertChain(app.ground.db, 'vendor');
    assert.ok((await published()).includes(kidOf((await issueAnew()).lease)));
  });

  it('that are retired stay published for 30 days and an hour, and their private half is gone', async (t) => {
    const fresh = await createTestApp();
    t.after(() => fresh.close());
    const first = (await ensureSigningKeys(fresh.ground)).find(({ state }) => state === 'current')?.kid;
    await rotateSigningKey(fresh.ground);
    const retired = (await listSigningKeys(fresh.ground)).find(({ state }) => state === 'retired');
    assert.equal(retired?.kid, first);
    assert.equal(retired?.privateBox, null);
    const isThere = async () => (await createKeyring(fresh.ground).publicKeys()).some(({ kid }) => kid === first);
    fresh.clock.forward({ days: 30 });
    assert.equal(await isThere(), true);
    fresh.clock.forward({ seconds: 3600 });
    assert.equal(await isThere(), false);
  });

  it('that are revoked leave the JWKS at once and sign nothing, and the next one takes over', async () => {
    const before = await issueAnew();
    const kid = kidOf(before.lease);
    // A process that has the key in memory already.
    const busy = createLeaseIssuer(app.ground, createKeyring(app.ground));
    const ask = async () => {
      const proof = await makeProof(scene.keys, proofClaims(app, scene.token));
      return busy({ token: scene.token, proof, productId: scene.productId, teamId: scene.team.teamId });
    };
    assert.equal(kidOf((await ask()).lease), kid);
    assert.equal((await revokeSigningKey(app.ground, kid)).state, 'done');
    assert.ok(!(await published()).includes(kid));
    const after = await ask();
    assert.notEqual(kidOf(after.lease), kid);
    const signed = await app.ground.db
      .selectFrom('lease')
      .select('kid')
      .where('id', '=', after.leaseId)
      .executeTakeFirstOrThrow();
    assert.equal(signed.kid, kidOf(after.lease));
    assert.deepEqual(await revokeSigningKey(app.ground, kid), { state: 'refused', reason: 'alreadyRevoked' });
    assert.deepEqual(await revokeSigningKey(app.ground, 'key_x'), { state: 'refused', reason: 'keyUnknown' });
  });

  it('rotate by schedule, once they are old', async (t) => {
    const fresh = await createTestApp({ settings: { signingKeyDays: 10 } });
    t.after(() => fresh.close());
    await ensureSigningKeys(fresh.ground);
    await rotateWhenOld(fresh.ground);
    assert.equal((await listSigningKeys(fresh.ground)).length, 2);
    fresh.clock.forward({ days: 10 });
    await rotateWhenOld(fresh.ground);
    await rotateWhenOld(fresh.ground);
    assert.equal((await listSigningKeys(fresh.ground)).length, 3);
  });

  it('that this server cannot open sign nothing: 503, no lease, and the log says why', async () => {
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (message, error) => lines.push(`${message} ${String(error)}`) };
    const other = { ...app.ground, serverKey: randomBytes(32), log };
    const before = await countLeases(app);
    await assert.rejects(issueAnew(other), { code: 'signingUnavailable' });
    assert.equal(await countLeases(app), before);
    assert.match(lines.join('\n'), /NAMESAKE_SECRET/);
    assert.deepEqual(await rotateSigningKey(other), { state: 'refused', reason: 'nextDoesNotOpen' });
    assert.equal((await createKeyring(other).publicKeys()).length, (await published()).length);
  });

  it('come back after the secret was changed: the next key is made anew, then it signs', async (t) => {
    const fresh = await createTestApp();
    t.after(() => fresh.close());
    const old = await ensureSigningKeys(fresh.ground);
    const other = { ...fresh.ground, serverKey: randomBytes(32) };
    const next = old.find(({ state }) => state === 'next')?.kid ?? '';
    assert.equal((await revokeSigningKey(other, next)).state, 'done');
    assert.equal((await rotateSigningKey(other)).state, 'done');
    const signer = await createKeyring(other).signer();
    assert.match(signer.sign('x', {}), /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.ok(
      (await createKeyring(other).publicKeys()).some(
        ({ kid }) => kid === old.find(({ state }) => state === 'current')?.kid,
      ),
    );
  });
});
