import type { z } from 'zod';
import type { deviceRequest } from '../../../contract/device.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { requireSession } from '../account/account.service.ts';
import type { DeviceRequestRow } from './device.queries.ts';
import { findRequestByUserCode, lockRequestByUserCode, updateRequest } from './device.queries.ts';
import { TOKEN_DAYS } from './device-flow.service.ts';
import { parseUserCode } from './user-code.ts';

/** What asks to be signed in, and from where. Looking changes nothing. */
export async function findDeviceRequest(
  { db, clock }: Ground,
  userCode: string,
): Promise<z.output<typeof deviceRequest>> {
  const row = requireWaiting(await findRequestByUserCode(db, requireUserCode(userCode)), clock.now());
  return {
    userCode: row.userCode,
    applicationName: row.applicationName,
    place: row.place,
    address: row.address,
    requestedAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    signedInDays: TOKEN_DAYS,
  };
}

export interface DeviceDecision {
  readonly userCode: string;
  readonly repeat: Repeat | undefined;
}

/** Lets the application on the device work as the caller; the device's next poll gets its token. */
export async function approveDeviceRequest(
  ground: Ground,
  caller: AccountCaller,
  { userCode, repeat }: DeviceDecision,
): Promise<{ applicationName: string }> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    await requireSession(change, caller);
    const { id, applicationId, applicationName } = await lockWaiting(change, userCode);
    const { accountId } = caller;
    await updateRequest(change.db, id, { state: 'approved', accountId });
    await change.record('vendor', 'deviceApproved', { deviceRequestId: id, applicationId, accountId });
    return { applicationName };
  });
}

export async function denyDeviceRequest(
  ground: Ground,
  caller: AccountCaller,
  { userCode, repeat }: DeviceDecision,
): Promise<Record<string, never>> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const { id } = await lockWaiting(change, userCode);
    await updateRequest(change.db, id, { state: 'denied', accountId: caller.accountId });
    return {};
  });
}

async function lockWaiting(change: Change, userCode: string): Promise<DeviceRequestRow> {
  return requireWaiting(await lockRequestByUserCode(change.db, requireUserCode(userCode)), change.at);
}

function requireUserCode(text: string): string {
  const userCode = parseUserCode(text);
  if (!userCode) throw new AppError('deviceCodeUnknown');
  return userCode;
}

function requireWaiting(row: DeviceRequestRow | undefined, now: Date): DeviceRequestRow {
  if (!row || row.expiresAt <= now) throw new AppError('deviceCodeUnknown');
  if (row.state !== 'waiting') throw new AppError('deviceCodeDecided');
  return row;
}
