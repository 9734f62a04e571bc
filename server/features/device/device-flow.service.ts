import { createHash, randomBytes } from 'node:crypto';
import type { AccountId, TokenId } from '../../../domain/id.ts';
import type { DeviceCaller } from '../../platform/caller.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import type { DeviceRequestRow, RevokedToken } from './device.queries.ts';
import {
  deleteRequestsBefore,
  denyApprovedRequests,
  findApplicationId,
  findToken,
  insertRequest,
  insertToken,
  listTokensOfAccount,
  lockRequestByDeviceCode,
  markTokenUsed,
  revokeTokenByHash,
  revokeTokenOfAccount,
  revokeTokensOfAccount,
  updateRequest,
} from './device.queries.ts';
import { newUserCode } from './user-code.ts';

const CODE_SECONDS = 600;
const INTERVAL_SECONDS = 5;
const SLOWER_SECONDS = 5;
/** How long an application stays signed in. */
export const TOKEN_DAYS = 90;
const DAY_SECONDS = 86_400;
const USE_NOTED_EVERY_MILLISECONDS = 3_600_000;

/** An expected "no" of the flow, by its name in RFC 6749 section 5.2 and RFC 8628 section 3.5. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token';

export interface OAuthRefusal {
  readonly error: OAuthError;
}

export interface Authorisation {
  readonly client: string;
  readonly place: string | null;
  /** Network address that the request came from. */
  readonly address: string;
}

/** Begins the sign-in of an application on a device (RFC 8628 section 3.1); only hashes of its secrets are kept. */
export async function beginDeviceFlow(ground: Ground, { client, place, address }: Authorisation) {
  const applicationId = await findApplicationId(ground.db, client);
  if (!applicationId) return { error: 'invalid_client' } satisfies OAuthRefusal;
  const deviceCode = randomBytes(32).toString('base64url');
  const createdAt = ground.clock.now();
  const request = {
    id: ground.newId('dev'),
    deviceCodeHash: hashOf(deviceCode),
    applicationId,
    place,
    address,
    state: 'waiting',
    intervalSeconds: INTERVAL_SECONDS,
    createdAt,
    expiresAt: secondsAfter(createdAt, CODE_SECONDS),
  } as const;
  let userCode = newUserCode();
  while (!(await insertRequest(ground.db, { ...request, userCode }))) userCode = newUserCode();
  const page = `${ground.settings.publicUrl}/device`;
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?code=${userCode}`,
    expires_in: CODE_SECONDS,
    interval: INTERVAL_SECONDS,
  };
}

export interface Token {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/**
 * Answers a device that polls (RFC 8628 section 3.4): with its token once, after somebody approved.
 *
 * One that polls faster than it was told has to wait five seconds longer each time.
 */
export async function grantToken(
  ground: Ground,
  { client, deviceCode }: { client: string; deviceCode: string },
): Promise<Token | OAuthRefusal> {
  return transact(ground, { actor: systemActor }, async (change) => {
    const request = await lockRequestByDeviceCode(change.db, { hash: hashOf(deviceCode), client });
    if (!request || request.state === 'used') return { error: 'invalid_grant' };
    if (request.state === 'denied') return { error: 'access_denied' };
    if (request.expiresAt <= change.at) return { error: 'expired_token' };
    return request.accountId ? issueToken(change, { ...request, accountId: request.accountId }) : pace(change, request);
  });
}

type Waiting = Pick<DeviceRequestRow, 'id' | 'polledAt' | 'intervalSeconds'>;

async function pace(change: Change, { id, polledAt, intervalSeconds }: Waiting): Promise<OAuthRefusal> {
  const tooFast = polledAt !== null && change.at < secondsAfter(polledAt, intervalSeconds);
  await updateRequest(change.db, id, {
    polledAt: change.at,
    ...(tooFast && { intervalSeconds: intervalSeconds + SLOWER_SECONDS }),
  });
  return { error: tooFast ? 'slow_down' : 'authorization_pending' };
}

type Approved = Pick<DeviceRequestRow, 'id' | 'applicationId' | 'place'> & {
  readonly accountId: NonNullable<DeviceRequestRow['accountId']>;
};

async function issueToken(change: Change, { id, accountId, applicationId, place }: Approved): Promise<Token> {
  const token = randomBytes(32).toString('base64url');
  const seconds = TOKEN_DAYS * DAY_SECONDS;
  await updateRequest(change.db, id, { state: 'used' });
  await insertToken(change.db, {
    id: change.newId('tok'),
    hash: hashOf(token),
    accountId,
    applicationId,
    place,
    createdAt: change.at,
    expiresAt: secondsAfter(change.at, seconds),
  });
  return { access_token: token, token_type: 'Bearer', expires_in: seconds };
}

/** Ends a token (RFC 7009) and the streams that are open with it. A token that is unknown has ended already. */
export async function revokeToken(ground: Ground, token: string): Promise<void> {
  await transact(ground, { actor: systemActor }, async (change) => {
    const revoked = await revokeTokenByHash(change.db, hashOf(token), change.at);
    if (revoked) await tellSignedOut(change, revoked);
    return {};
  });
}

/**
 * Signs an account out of every application, as part of another change; a device that was let in and has not fetched its
 * token gets none.
 *
 * @returns Of how many applications.
 */
export async function revokeTokensOf(change: Change, accountId: AccountId): Promise<number> {
  await denyApprovedRequests(change.db, accountId);
  const revoked = await revokeTokensOfAccount(change.db, accountId, change.at);
  for (const token of revoked) await tellSignedOut(change, token);
  return revoked.length;
}

/** Signs an account out of one application. @returns Whether it was signed in there. */
export async function revokeTokenOf(change: Change, accountId: AccountId, id: TokenId): Promise<boolean> {
  const revoked = await revokeTokenOfAccount(change.db, { id, accountId, at: change.at });
  if (revoked) await tellSignedOut(change, revoked);
  return revoked !== undefined;
}

export interface SignedInDevice {
  readonly id: TokenId;
  readonly applicationName: string;
  readonly place: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The applications that an account is signed in to, the newest first. */
export async function listDevices({ db, clock }: Ground, accountId: AccountId): Promise<SignedInDevice[]> {
  return listTokensOfAccount(db, accountId, clock.now());
}

/** The record tells every process, and open streams of the token here end at once. */
async function tellSignedOut(change: Change, { id: tokenId, accountId, applicationId }: RevokedToken): Promise<void> {
  await change.record('vendor', 'deviceSignedOut', { tokenId, accountId, applicationId });
}

/** The signed-in application behind a token. */
export async function findDevice({ db, clock }: Ground, token: string): Promise<DeviceCaller | undefined> {
  const now = clock.now();
  const row = await findToken(db, hashOf(token), now);
  if (!row) return undefined;
  const { id: tokenId, accountId, applicationId, lastUsedAt } = row;
  const isNoted = lastUsedAt && now.getTime() - lastUsedAt.getTime() < USE_NOTED_EVERY_MILLISECONDS;
  if (!isNoted) await markTokenUsed(db, tokenId, now);
  return { kind: 'device', accountId, applicationId, tokenId };
}

/** Forgets requests a day after their codes have ended, so that the codes can come again. */
export async function forgetEndedRequests({ db, clock }: Ground): Promise<void> {
  await deleteRequestsBefore(db, secondsAfter(clock.now(), -DAY_SECONDS));
}

/** Codes and tokens are random, so one round of SHA-256 keeps them: nobody can guess what was hashed. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const secondsAfter = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000);
