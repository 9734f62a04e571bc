import { createHash, randomBytes } from 'node:crypto';
import type { ServiceCaller } from '../../platform/caller.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { transact } from '../../platform/transact.ts';
import { findApplicationOfHash, findApplicationRow, insertApplicationKey } from './catalogue.queries.ts';

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

/** The application that asks with this service key. */
export async function findService(
  { prepared }: Pick<Ground, 'prepared'>,
  key: string,
): Promise<ServiceCaller | undefined> {
  if (!key.startsWith(KEY_PREFIX)) return undefined;
  const application = await findApplicationOfHash(prepared, hashOf(key));
  return application && { kind: 'service', applicationId: application.id };
}

/** A key is random, so one round of SHA-256 keeps it: nobody can guess what was hashed. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
