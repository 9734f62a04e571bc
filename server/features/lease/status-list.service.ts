import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { statusBits } from '../../../domain/lease.ts';
import { AppError } from '../../platform/app-error.ts';
import { createBoundedCache } from '../../platform/bounded-cache.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { Keyring } from '../signing-key/keyring.service.ts';
import { statusListUri } from './lease-claims.ts';
import { findRevokedPlaces } from './lease-list.queries.ts';

/** For so long whoever fetched a list may go on using it without asking again. */
export const STATUS_TTL_SECONDS = 60;
/** A list that was carried on a stick holds as long as the longest lease in it can. */
const VALID_SECONDS = 30 * 86_400;
const REBUILT_AFTER_MILLISECONDS = 3000;
const LISTS_REMEMBERED = 64;

/** A signed status list, ready to send. */
export interface StatusList {
  /** The JWT, `typ` `statuslist+jwt`. */
  readonly token: string;
  /** Says which leases it names as revoked, by which key: the same on every server process. */
  readonly etag: string;
}

/** Finds a status list. @throws AppError `notFound` for one that no lease has its place in. */
export type FindStatusList = (list: number) => Promise<StatusList>;

interface Built {
  readonly promise: Promise<StatusList>;
  readonly at: number;
}

const compress = promisify(deflate);

/**
 * Makes the function that answers status lists (Token Status List, JWT form).
 *
 * A list is built when somebody asks, and the same for everybody who asks within the next seconds.
 */
export function createStatusLists(ground: Ground, keyring: Keyring): FindStatusList {
  const built = createBoundedCache<Built>(LISTS_REMEMBERED);
  return (list) => {
    const key = String(list);
    const known = built.get(key);
    if (known && performance.now() - known.at < REBUILT_AFTER_MILLISECONDS) return known.promise;
    const promise = buildList(ground, keyring, list);
    built.set(key, { promise, at: performance.now() });
    // What failed is not kept, so that the next one who asks tries again.
    promise.catch(() => built.set(key, { promise, at: Number.NEGATIVE_INFINITY }));
    return promise;
  };
}

async function buildList(ground: Ground, keyring: Keyring, list: number): Promise<StatusList> {
  const { clock, db, settings } = ground;
  const now = clock.now();
  const places = await findRevokedPlaces(db, list, now);
  if (!places) throw new AppError('notFound');
  const lst = (await compress(statusBits(places), { level: 9 })).toString('base64url');
  const signer = await keyring.signer();
  const iat = Math.floor(now.getTime() / 1000);
  const token = signer.sign('statuslist+jwt', {
    sub: statusListUri(settings.publicUrl, list),
    iat,
    exp: iat + VALID_SECONDS,
    ttl: STATUS_TTL_SECONDS,
    status_list: { bits: 1, lst },
  });
  // Weak, for the token's moment differs; the day, so that what is kept by it does not grow old.
  const tag = hash('sha256', `${signer.kid} ${todayOf(ground)} ${lst}`, 'base64url');
  return { token, etag: `W/"${tag}"` };
}
