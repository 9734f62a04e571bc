import { createHash } from 'node:crypto';
import { dateIn } from '../../../domain/calendar-date.ts';
import type { SealClaims } from '../../../domain/seal.ts';
import { firstDigest, sealLine, sealType } from '../../../domain/seal.ts';
import type { Db } from '../../db/database.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import { transact } from '../../platform/transact.ts';
import type { Keyring } from '../signing-key/keyring.service.ts';
import { findLastSeal, listHeads, noteHeads } from './seal.queries.ts';

/** {@link sealRecord} once on each day of the vendor's calendar, whichever hour the server runs in. */
export async function sealOncePerDay(ground: Ground, keyring: Keyring): Promise<void> {
  const last = await findLastSeal(ground.db);
  if (last && dateIn(ground.settings.timeZone, last.at) >= todayOf(ground)) return;
  await sealRecord(ground, keyring);
}

/**
 * Signs the heads of all streams into the vendor's stream.
 *
 * Whoever keeps a seal elsewhere can tell later that nothing before it was changed, cut off or taken out, even by somebody
 * who could write into the database.
 */
export async function sealRecord(ground: Ground, keyring: Keyring): Promise<void> {
  const { kid, sign } = await keyring.signer();
  await transact(ground, { actor: systemActor }, async (change) => {
    await lockStream(change.db, 'vendor');
    const last = await findLastSeal(change.db);
    const seal = (last?.seal ?? 0) + 1;
    const before = last?.digest ?? firstDigest;
    const heads = await noteHeads(change.db, seal);
    const digest = await digestOf(change.db, seal, before);
    const iat = Math.floor(change.at.getTime() / 1000);
    const claims: SealClaims = { iss: ground.settings.publicUrl, iat, seal, heads, before, digest };
    const signature = sign(sealType, claims);
    await change.record('vendor', 'recordSealed', { seal, heads, before, digest, kid, signature });
    return {};
  });
}

async function digestOf(db: Db, seal: number, before: string): Promise<string> {
  const lines = createHash('sha256');
  for (let after = ''; ; ) {
    const heads = await listHeads(db, seal, after);
    for (const { streamId, number, hash } of heads) lines.update(sealLine.head(streamId, number, hash));
    const last = heads.at(-1);
    if (!last) break;
    after = last.streamId;
  }
  return createHash('sha256').update(sealLine.before(before)).update(lines.digest('hex')).digest('hex');
}
