import { createHash, randomUUID } from 'node:crypto';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { IssuedLease } from '../../../contract/lease.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { ApplicationId, MemberId, ProductId, TeamId, TokenId } from '../../../domain/id.ts';
import type { SignedIn, TestApp } from './app.ts';
import { TEST_URL } from './app.ts';
import { makeApplication, makeDeviceToken } from './application-builder.ts';
import type { TestTeam } from './team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from './team-builder.ts';

export const LEASES_URL = `${TEST_URL}/v1/me/leases`;

/** A key as a device keeps it. */
export interface DeviceKeys {
  readonly alg: 'ES256' | 'EdDSA';
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function makeDeviceKeys(alg: DeviceKeys['alg'] = 'ES256'): Promise<DeviceKeys> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: await exportJWK(publicKey) };
}

/** The claims of a right proof, to be spoilt by a test. */
export function proofClaims(app: TestApp, token: string): JWTPayload {
  return {
    htm: 'POST',
    htu: LEASES_URL,
    iat: Math.floor(app.clock.now().getTime() / 1000),
    jti: randomUUID(),
    ath: createHash('sha256').update(token).digest('base64url'),
  };
}

/** A proof as a device makes it, by a second implementation. */
export function makeProof({ alg, privateKey, jwk }: DeviceKeys, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'dpop+jwt', alg, jwk }).sign(privateKey);
}

export interface LeaseAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: IssuedLease & Problem;
}

export interface Asking {
  readonly token: string;
  readonly proof?: string | undefined;
  readonly body: object | string;
  readonly headers?: Record<string, string>;
}

/** Asks for a lease as an application does over the wire. */
export async function askLease(app: TestApp, { token, proof, body, headers = {} }: Asking): Promise<LeaseAnswer> {
  const answer = await app.request('/v1/me/leases', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(proof !== undefined && { dpop: proof }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as LeaseAnswer['body'] };
}

/** Verifies a token of the server against its JWKS with a second implementation, at the test's moment. */
export async function verifyToken(app: TestApp, token: string, options: { typ: string; audience?: string }) {
  const { keys } = await app.anonymous.getPublicKeys();
  return jwtVerify(token, createLocalJWKSet({ keys }), {
    ...options,
    algorithms: ['EdDSA'],
    currentDate: app.clock.now(),
  });
}

/** A member who holds a licence, signed in to the application on a device with a key. */
export interface LeaseScene {
  readonly productKey: string;
  readonly team: TestTeam;
  readonly productId: ProductId;
  readonly applicationId: ApplicationId;
  readonly person: SignedIn;
  readonly memberId: MemberId;
  readonly licenceId: string;
  readonly token: string;
  readonly tokenId: TokenId;
  readonly keys: DeviceKeys;
  /** Asks for a lease of the product in the team, with a new proof. */
  ask(wanted?: { teamId?: TeamId; productId?: string }): Promise<LeaseAnswer>;
}

let scenes = 0;

export async function makeLeaseScene(app: TestApp, { alg = 'ES256' as DeviceKeys['alg'] } = {}): Promise<LeaseScene> {
  scenes += 1;
  const name = `lease${scenes}`;
  const productKey = `${name}-share`;
  const productId = await makeProduct(app, { key: productKey });
  const team = await makeTeam(app, `owner@${name}.example`);
  await addLicences(app, { teamId: team.teamId, productId, quantity: 3 });
  const { memberId, person } = await addMember(app, team, `pia@${name}.example`);
  const { licence } = await team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
  const applicationId = await makeApplication(app, name, [productId]);
  const token = await makeDeviceToken(app, applicationId, person.accountId);
  const { id: tokenId } = await app.ground.db
    .selectFrom('deviceToken')
    .select('id')
    .where('accountId', '=', person.accountId)
    .executeTakeFirstOrThrow();
  const keys = await makeDeviceKeys(alg);
  return {
    ...{ team, productId, productKey, applicationId, person, memberId, licenceId: licence.id, token, tokenId, keys },
    async ask(wanted = {}) {
      const proof = await makeProof(keys, proofClaims(app, token));
      return askLease(app, { token, proof, body: { productId, teamId: team.teamId, ...wanted } });
    },
  };
}

/** How many leases there are. */
export async function countLeases(app: TestApp): Promise<number> {
  const { count } = await app.ground.db
    .selectFrom('lease')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
