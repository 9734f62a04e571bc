import type { SignInPlace } from '../../../contract/account.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { TokenId } from '../../../domain/id.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import { actorOf, systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { transact } from '../../platform/transact.ts';
import type { SignedInDevice } from '../device/device-flow.service.ts';
import { listDevices, revokeTokenOf, revokeTokensOf } from '../device/device-flow.service.ts';
import type { SessionRow } from './account.queries.ts';
import {
  deleteOtherSessions,
  deleteSessionOf,
  deleteSessions,
  findAccountByEmail,
  listSessions,
  listSignedIn,
} from './account.queries.ts';

/** Where the caller is signed in: this browser first, then other browsers, then applications. */
export async function listSignIns(
  ground: Ground,
  caller: AccountCaller,
  current: TokenId | undefined,
): Promise<{ items: SignInPlace[] }> {
  const sessions = await listSessions(ground.db, caller.accountId);
  const browsers = sessions.map((row) => presentSession(row, current));
  const devices = (await listDevices(ground, caller.accountId)).map(presentDevice);
  return { items: [...browsers.sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent)), ...devices] };
}

export interface Ending {
  readonly caller: AccountCaller;
  readonly current: TokenId | undefined;
  /** Null for every one but the current. */
  readonly signInId: TokenId | null;
}

/** Ends sign-ins of the caller; what is not theirs, or has ended, changes nothing. */
export async function endSignIns(ground: Ground, { caller, current, signInId }: Ending): Promise<{ ended: number }> {
  const { accountId } = caller;
  return transact(ground, { actor: actorOf(caller) }, async (change) => {
    if (signInId !== null) {
      const sessions = await deleteSessionOf(change.db, accountId, signInId);
      return { ended: sessions || Number(await revokeTokenOf(change, accountId, signInId)) };
    }
    const sessions = current ? await deleteOtherSessions(change.db, accountId, current) : 0;
    return { ended: sessions + (await revokeTokensOf(change, accountId)) };
  });
}

/**
 * Signs an account out everywhere, or everybody, at the vendor's command.
 *
 * @returns How many sign-ins ended; undefined where nobody has that address.
 */
export async function endSignInsOf(ground: Ground, who: EmailAddress | 'everybody'): Promise<number | undefined> {
  return transact(ground, { actor: systemActor }, async (change) => {
    const account = who === 'everybody' ? undefined : await findAccountByEmail(change.db, who);
    if (who !== 'everybody' && !account) return undefined;
    const accountIds = account ? [account.id] : await listSignedIn(change.db);
    let ended = 0;
    // Whoever approves an application right now holds a session and then waits for the record, which ending a token holds.
    for (const accountId of accountIds) ended += await deleteSessions(change.db, accountId);
    for (const accountId of accountIds) ended += await revokeTokensOf(change, accountId);
    return ended;
  });
}

const presentSession = (
  { id, userAgent, createdAt, updatedAt }: SessionRow,
  current: TokenId | undefined,
): SignInPlace => ({
  id,
  applicationName: null,
  place: userAgent || null,
  signedInAt: createdAt.toISOString(),
  usedAt: updatedAt.toISOString(),
  isCurrent: id === current,
});

const presentDevice = ({ id, applicationName, place, createdAt, lastUsedAt }: SignedInDevice): SignInPlace => ({
  id,
  applicationName,
  place,
  signedInAt: createdAt.toISOString(),
  usedAt: lastUsedAt?.toISOString() ?? null,
  isCurrent: false,
});
