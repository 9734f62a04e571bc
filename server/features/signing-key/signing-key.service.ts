import { generateKeyPairSync } from 'node:crypto';
import type { PublicKey } from '../../../contract/lease.ts';
import type { SigningKeyId } from '../../../domain/id.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { closeBox, openBox } from './key-box.ts';
import type { SigningKeyRow } from './signing-key.queries.ts';
import { activateKey, insertKey, listKeyRows, retireKey } from './signing-key.queries.ts';

const HOUR_MILLISECONDS = 3_600_000;
/** The longest that anything signed is valid, with an hour for clocks that differ. */
const PUBLISHED_MILLISECONDS = (30 * 24 + 1) * HOUR_MILLISECONDS;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

export type { SigningKeyRow };

/** Why a key cannot be rotated or revoked. */
export type KeyRefusal = 'keyUnknown' | 'alreadyRevoked' | 'nextDoesNotOpen';

/** What a rotation did, or why it did nothing. */
export type KeyChange =
  | { readonly state: 'done'; readonly current: SigningKeyId; readonly next: SigningKeyId; readonly nextSince: Date }
  | { readonly state: 'refused'; readonly reason: KeyRefusal };

/** All keys, newest first. */
export function listSigningKeys({ db }: Pick<Ground, 'db'>): Promise<SigningKeyRow[]> {
  return listKeyRows(db);
}

/** Whether a key stands in the JWKS: those that sign or will, and retired ones as long as what they signed can last. */
export function isPublished({ state, endsAt }: Pick<SigningKeyRow, 'state' | 'endsAt'>, at: Date): boolean {
  return state === 'next' || state === 'current' || (state === 'retired' && endsAt !== null && endsAt > at);
}

/** A public key as the JWKS carries it (RFC 8037 section 2). */
export function presentKey({ kid, publicX }: Pick<SigningKeyRow, 'kid' | 'publicX'>): PublicKey {
  return { kty: 'OKP', crv: 'Ed25519', x: publicX.toString('base64url'), kid, use: 'sig', alg: 'EdDSA' };
}

/** Makes the first two keys where there are none: one to sign with and the next. Of several processes one does it. */
export async function ensureSigningKeys(ground: Ground): Promise<SigningKeyRow[]> {
  const known = await listKeyRows(ground.db);
  if (isComplete(known)) return known;
  return inTurn(ground, async (change, keys) => {
    if (!isComplete(keys)) await complete(ground, change, keys);
    return listKeyRows(change.db);
  });
}

const isComplete = (keys: readonly SigningKeyRow[]): boolean =>
  find(keys, 'current') !== undefined && find(keys, 'next') !== undefined;

/**
 * Lets the next key sign from now on; the one that signed stays published until nothing that it signed can be valid.
 *
 * Refused where this server's key does not open the next key: then nothing could be signed any more.
 */
export async function rotateSigningKey(ground: Ground): Promise<KeyChange> {
  return inTurn(ground, async (change, keys) => {
    const next = find(keys, 'next');
    if (next && !opens(ground, next)) return { state: 'refused', reason: 'nextDoesNotOpen' };
    const current = find(keys, 'current');
    const endsAt = new Date(change.at.getTime() + PUBLISHED_MILLISECONDS);
    if (current) await retireKey(change.db, current.kid, { at: change.at, endsAt });
    return complete(ground, change, keys, current?.kid);
  });
}

/** Withdraws a key: it leaves the JWKS, signs nothing, and whatever it signed is void. The next one takes its place. */
export async function revokeSigningKey(ground: Ground, kid: string): Promise<KeyChange> {
  return inTurn(ground, async (change, keys) => {
    const key = keys.find((one) => one.kid === kid);
    if (!key) return { state: 'refused', reason: 'keyUnknown' };
    if (key.state === 'revoked') return { state: 'refused', reason: 'alreadyRevoked' };
    await retireKey(change.db, key.kid, { at: change.at, endsAt: null });
    await change.record('vendor', 'signingKeyRevoked', { kid: key.kid });
    return complete(ground, change, keys, key.state === 'current' ? key.kid : undefined);
  });
}

/** {@link rotateSigningKey} once the key that signs is older than the deployment wants. */
export async function rotateWhenOld(ground: Ground): Promise<void> {
  const current = find(await listKeyRows(ground.db), 'current');
  const age = ground.clock.now().getTime() - (current?.activatedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  if (age < ground.settings.signingKeyDays * DAY_MILLISECONDS) return;
  const { state } = await rotateSigningKey(ground);
  if (state === 'refused') ground.log.warn('the next signing key does not open, so nothing was rotated');
}

/** Runs a change of keys under the vendor's stream lock, so that of several at once each finds what the last one left. */
function inTurn<T>(ground: Ground, work: (change: Change, keys: SigningKeyRow[]) => Promise<T>): Promise<T> {
  return transact(ground, { actor: systemActor }, async (change) => {
    await lockStream(change.db, 'vendor');
    return work(change, await listKeyRows(change.db));
  });
}

/** Brings the keys back to one that signs and one that is next, after whichever of them went. */
async function complete(
  ground: Ground,
  change: Change,
  before: readonly SigningKeyRow[],
  gone?: SigningKeyId,
): Promise<KeyChange> {
  const keys = await listKeyRows(change.db);
  const waiting = find(keys, 'next') ?? (await makeNext(ground, change));
  const current = find(keys, 'current');
  if (current) return { state: 'done', current: current.kid, next: waiting.kid, nextSince: waiting.madeAt };
  await activateKey(change.db, waiting.kid, change.at);
  const previous = gone ?? find(before, 'current')?.kid ?? null;
  await change.record('vendor', 'signingKeyRotated', { before: previous, after: waiting.kid });
  const next = await makeNext(ground, change);
  return { state: 'done', current: waiting.kid, next: next.kid, nextSince: waiting.madeAt };
}

async function makeNext({ serverKey }: Ground, change: Change): Promise<Pick<SigningKeyRow, 'kid' | 'madeAt'>> {
  if (serverKey.length === 0) throw new Error('Without the key of the server no signing key can be made');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const kid = change.newId('key');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const publicX = Buffer.from(x, 'base64url');
  const privateBox = closeBox(serverKey, kid, privateKey);
  await insertKey(change.db, { kid, state: 'next', publicX, privateBox, madeAt: change.at });
  await change.record('vendor', 'signingKeyMade', { kid });
  return { kid, madeAt: change.at };
}

/** Whether a server's key is the one under which a private key was closed. */
export function opensBox(serverKey: Buffer, kid: string, privateBox: Buffer): boolean {
  return openBox(serverKey, kid, privateBox) !== undefined;
}

const opens = ({ serverKey }: Ground, { kid, privateBox }: SigningKeyRow): boolean =>
  privateBox !== null && opensBox(serverKey, kid, privateBox);

const find = (keys: readonly SigningKeyRow[], state: SigningKeyRow['state']): SigningKeyRow | undefined =>
  keys.find((key) => key.state === state);
