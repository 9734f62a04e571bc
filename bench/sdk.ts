import type { KeyObject } from 'node:crypto';
import { createPublicKey, verify } from 'node:crypto';
import { memoryCache } from '../sdk/cache.ts';
import type { Crypto } from '../sdk/crypto/crypto.ts';
import { readJws } from '../sdk/crypto/jws.ts';
import { nodeCrypto } from '../sdk/crypto/node-crypto.ts';
import type { ProductUse } from '../sdk/index.ts';
import { createNamesake } from '../sdk/index.ts';
import { KeyRing } from '../sdk/lease/key-ring.ts';
import { isRefusal } from '../sdk/lease/lease-refusal.ts';
import { verifyLease } from '../sdk/lease/verify-lease.ts';
import { StubServer } from '../sdk/tests/stub-server.ts';
import type { Figure, Round } from './figure.ts';
import { figureOf } from './figure.ts';

const ROUNDS = 7;
const CHECKS = 2_000_000;
const STRETCHES = 40;
const STRETCH = 100;
/** A check may take a microsecond. */
const CHECKS_PER_SECOND = 1_000_000;
/** A verification may take half as long again as a bare one. */
const SHARE_OF_BARE = 0.667;

const server = 'http://localhost:4280';
const application = 'sketchpad';
const held = { teamId: 'team_1', teamName: 'Studio', decision: true, reason: 'held', until: '2027-11-24' };

/** What a check costs an application, with contact and by a lease, and what verifying a lease costs against its bare signature. */
export async function benchSdk(): Promise<Figure[]> {
  const stub = new StubServer();
  stub.clock = { now: () => Date.now() };
  stub.setTeams(held);
  const cache = memoryCache();
  await cache.write(`token ${server} ${application}`, 'token-0');
  const start = () => createNamesake({ server, application, cache, fetch: stub.fetch });
  const online = start();
  await online.leases.renew({ product: 'share' });
  const withContact = measureChecks(await online.use({ product: 'share' }));
  online.close();
  stub.down = true;
  const offline = start();
  const byLease = measureChecks(await offline.use({ product: 'share' }));
  offline.close();
  return [
    figureOf('SDK check with contact, against one a microsecond', 'checks/s', withContact, 1),
    figureOf('SDK check by a lease, against one a microsecond', 'checks/s', byLease, 1),
    figureOf(
      'SDK verifies a lease, against its bare signature',
      'leases/s',
      await measureVerifying(stub),
      SHARE_OF_BARE,
    ),
  ];
}

function measureChecks(share: ProductUse): Round[] {
  const round = () => {
    let allowed = 0;
    const startedAt = performance.now();
    for (let index = 0; index < CHECKS; index += 1) if (share.allowed) allowed += 1;
    const seconds = (performance.now() - startedAt) / 1000;
    if (allowed !== CHECKS) throw new Error(`${CHECKS - allowed} checks were refused: ${share.reason}`);
    return { value: CHECKS / seconds, baseline: CHECKS_PER_SECOND };
  };
  round(); // warms up
  return Array.from({ length: ROUNDS }, round);
}

/** Both take turns in short stretches, for the machine may have other things to do. */
async function measureVerifying({ vendor }: StubServer): Promise<Round[]> {
  const crypto = nodeCrypto();
  const keys = await KeyRing.of([vendor.publicJwk], undefined, crypto);
  const bareKey = createPublicKey({ key: { ...vendor.publicJwk }, format: 'jwk' });
  const rounds: Round[] = [];
  for (let index = 0; index <= ROUNDS; index += 1) {
    const spent = { bare: 0, sdk: 0 };
    for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
      const leases = makeLeases(vendor);
      spent.bare += bareMs(leases, bareKey);
      spent.sdk += await sdkMs(leases, { keys, crypto });
    }
    const rate = (ms: number) => (STRETCHES * STRETCH * 1000) / ms;
    if (index > 0) rounds.push({ value: rate(spent.sdk), baseline: rate(spent.bare) }); // the first one warms up
  }
  return rounds;
}

/** New ones each time, so that nothing can be remembered of the last one but the key. */
function makeLeases(vendor: StubServer['vendor']): string[] {
  const product = { productId: 'prod_1', productKey: 'share', productName: 'Share', revision: 1 };
  const issue = { item: { ...held, ...product }, thumbprint: 'device', now: Date.now() };
  return Array.from({ length: STRETCH }, () => vendor.lease(issue));
}

function bareMs(leases: readonly string[], key: KeyObject): number {
  const signed = leases.map((lease) => readJws(lease)).filter((jws) => jws !== undefined);
  const startedAt = performance.now();
  for (const jws of signed) if (!verify(null, jws.signed, key, jws.signature)) throw new Error('A lease is not good.');
  return performance.now() - startedAt;
}

async function sdkMs(leases: readonly string[], { keys, crypto }: { keys: KeyRing; crypto: Crypto }): Promise<number> {
  const expected = { keys, thumbprint: 'device', application, issuer: server };
  const startedAt = performance.now();
  for (const lease of leases) {
    const verified = await verifyLease(lease, expected, crypto);
    if (isRefusal(verified)) throw new Error(verified);
  }
  return performance.now() - startedAt;
}
