import { createHash, randomBytes } from 'node:crypto';
import type { ServiceCaller } from '../../platform/caller.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { transact } from '../../platform/transact.ts';
import { findApplicationRow, insertApplicationKey } from './catalogue.queries.ts';

const KEY_PREFIX = 'nsk_';
const KEY_BYTES = 32;

/**
 * Makes a service key for an application; earlier ones stay valid.
 *
 * @returns The key, which is shown this once: only its hash is kept. Undefined where there is no such application.
 */
export async function makeServiceKey(ground: Ground, applicationKey: string): Promise<string | undefined> {
  return transact(ground, { actor: systemActor }, async (change) => {
    const application = await findApplicationRow(change.db, applicationKey);
    if (!application) return undefined;
    const key = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url');
    const id = change.newId('tok');
    const { id: applicationId } = application;
    await insertApplicationKey(change.db, { id, applicationId, hash: hashOf(key), createdAt: change.at });
    await change.record('vendor', 'applicationKeyMade', { applicationId });
    return key;
  });
}

/**
 * The application that asks with this service key, from memory; a key that is not known there may be a moment old.
 *
 * A key that was ended is refused a second later at most.
 */
export function findService(
  { feed }: Pick<Ground, 'feed'>,
  key: string,
): ServiceCaller | undefined | Promise<ServiceCaller | undefined> {
  if (!key.startsWith(KEY_PREFIX)) return undefined;
  return feed.projection.catalogue.findByServiceKey(key)?.caller ?? findNewService(feed, key);
}

async function findNewService(feed: Ground['feed'], key: string): Promise<ServiceCaller | undefined> {
  await feed.reach('');
  return feed.projection.catalogue.findByServiceKey(key)?.caller;
}

/** A key is random, so one round of SHA-256 keeps it: nobody can guess what was hashed. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
