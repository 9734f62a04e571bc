import { hash } from 'node:crypto';
import type { IssuedLease } from '../../../contract/lease.ts';
import { leaseEndpoints } from '../../../contract/lease.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { EntitlementFacts, RefusedReason } from '../../../domain/entitlement.ts';
import { decideEntitlement } from '../../../domain/entitlement.ts';
import type { TeamId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayEachMinute, todayOf } from '../../platform/ground.ts';
import { createRateLimit } from '../../platform/http/rate-limit.ts';
import type { Keyring, Signer } from '../signing-key/keyring.service.ts';
import type { Batch } from './batch.ts';
import { createBatch } from './batch.ts';
import { verifyDeviceRequest } from './device-request.ts';
import type { Proof } from './dpop-proof.ts';
import { createProofVerifier, wrong } from './dpop-proof.ts';
import type { AskedLease, DecidedLease, RefusedFacts } from './lease.queries.ts';
import { findApplicationOfToken, insertLeases } from './lease.queries.ts';
import { leaseClaims } from './lease-claims.ts';

export interface LeaseRequest {
  /** The device token. */
  readonly token: string;
  /** The header `DPoP`. */
  readonly proof: string | undefined;
  readonly teamId: TeamId;
  readonly productId: string;
  /** What a device without network has signed: then the lease is bound to that device's key. */
  readonly deviceRequest?: string | undefined;
}

/**
 * Issues leases to signed-in applications.
 *
 * @throws AppError `invalidDpopProof`, `notSignedIn`, `leaseRefused` with its reason, `signingUnavailable`, `tooManyRequests`.
 */
export type IssueLease = (request: LeaseRequest) => Promise<IssuedLease>;

const RATE = { tries: 60, seconds: 60 };
/** While one batch waits for its commit, two more are on their way. */
const BATCH = { size: 256, lanes: 3, waiting: 2048 };

/** What became of a lease that was asked for, with the key and the moment that it was decided for. */
interface Decision {
  readonly signer: Signer;
  /** Epoch seconds. */
  readonly issuedAt: number;
  readonly decided: DecidedLease | null;
}

/** Makes the function that issues leases; it remembers the keys of devices and how often each token asked. */
export function createLeaseIssuer(ground: Ground, keyring: Keyring): IssueLease {
  const { publicUrl } = ground.settings;
  const { method, path } = leaseEndpoints.issueLease;
  const limit = createRateLimit(ground.clock, RATE);
  const verifyProof = createProofVerifier();
  const today = todayEachMinute(ground);
  const decide: Batch<AskedLease, Decision> = createBatch(
    (asked) => decideTogether({ ground, keyring, today }, asked),
    BATCH,
  );
  const place = { method, url: publicUrl + path };
  return async ({ token, proof, teamId, productId: product, deviceRequest }) => {
    const tokenHash = hash('sha256', token, 'buffer');
    const tokenText = tokenHash.toString('base64url');
    limit.take(tokenText);
    const now = ground.clock.now();
    const own = verifyProof(proof, { ...place, tokenHash: tokenText, now });
    const carried = deviceRequest && (await takeDeviceRequest(ground, { deviceRequest, tokenHash, now }));
    const { jkt, id: proofId } = carried || own;
    const id = ground.newId('lease');
    const { decided, signer, issuedAt } = await decide({ id, tokenHash, teamId, product, jkt, proof: proofId });
    if (!decided) throw new AppError('notSignedIn');
    const { number, productId, refused } = decided;
    if (refused) throw new AppError('leaseRefused', { reason: reasonOf(decided, refused, ground) });
    if (number === null || productId === null) throw wrong(carried ? 'deviceRequest' : 'jti', 'was taken before');
    const claims = leaseClaims(publicUrl, { id, teamId, jkt, issuedAt, number, productId, decided });
    return {
      lease: signer.sign('lease+jwt', claims),
      leaseId: id,
      revision: decided.revision,
      issuedAt: moment(issuedAt),
      renewAfter: moment(claims.renew_after),
      expiresAt: moment(claims.exp),
    };
  };
}

interface Carried {
  readonly deviceRequest: string;
  readonly tokenHash: Buffer;
  readonly now: Date;
}

/** The request of another device, for the application of the token. A token that is unknown is found out by the statement that decides. */
async function takeDeviceRequest(
  ground: Ground,
  { deviceRequest, tokenHash, now }: Carried,
): Promise<Proof | undefined> {
  const application = await findApplicationOfToken(ground.db, tokenHash);
  return application && verifyDeviceRequest(deviceRequest, application, now);
}

interface Deciding {
  readonly ground: Ground;
  readonly keyring: Keyring;
  readonly today: () => CalendarDate;
}

/** Decides in one statement. A key that was rotated meanwhile is found out by it, and the next one signs. */
async function decideTogether({ ground, keyring, today }: Deciding, asked: AskedLease[]): Promise<Decision[]> {
  for (const _ of ['known', 'read anew']) {
    const signer = await keyring.signer();
    const issuedAt = Math.floor(ground.clock.now().getTime() / 1000);
    const { isKeyCurrent, leases } = await insertLeases(ground.prepared, asked, {
      now: new Date(issuedAt * 1000),
      today: today(),
      timeZone: ground.settings.timeZone,
      kid: signer.kid,
    });
    if (isKeyCurrent) return leases.map((decided) => ({ decided, signer, issuedAt }));
    keyring.forget();
  }
  throw new AppError('signingUnavailable', { retryAfterSeconds: 1 });
}

/** A team in which the account never was does not exist for it. */
function reasonOf({ productId }: DecidedLease, facts: RefusedFacts, ground: Ground): RefusedReason {
  const { reason, decision } = decideEntitlement(factsOf(facts, productId !== null), todayOf(ground));
  if (decision === 'granted') throw new Error('the database refuses a lease that the rules grant');
  return reason;
}

function factsOf(
  { confirmed, memberState, licences, subscriptions }: RefusedFacts,
  productKnown: boolean,
): EntitlementFacts {
  return {
    account: { confirmed },
    productKnown,
    teamKnown: memberState !== null,
    member: memberState ? { state: memberState } : undefined,
    licences: licences.map(({ licenceId, state, ...term }) => ({
      licenceId,
      assignment: state === 'held' ? 'holding' : 'reservation',
      term,
    })),
    subscriptions,
  };
}

const moment = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString();
