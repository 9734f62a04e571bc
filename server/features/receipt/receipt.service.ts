import type { Receipt, ReceiptState } from '../../../contract/receipt.ts';
import type { AccountId, ProductId, TeamId } from '../../../domain/id.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, DeviceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { requireInTeam } from '../team/team.policy.ts';
import type { ReceiptRow } from './receipt.queries.ts';
import { findLastContact, findSubject, listReceiptRows, upsertReceipt } from './receipt.queries.ts';

/** The topic on which open streams hear that a device of a team picked something up. */
export function receiptTopic(teamId: TeamId): string {
  return `receipt:${teamId}`;
}

/** The team behind a {@link receiptTopic}; undefined for any other topic. */
export function teamOfReceiptTopic(topic: string): TeamId | undefined {
  // Whoever publishes makes the topic of a team's id.
  return topic.startsWith('receipt:') ? (topic.slice('receipt:'.length) as TeamId) : undefined;
}

export interface SentReceipt {
  readonly teamId: TeamId;
  /** Id or key of a product. */
  readonly productId: string;
  readonly revision: number;
  readonly state: ReceiptState;
}

/**
 * Keeps what a signed-in application picked up. It changes nobody's licence, so it is no event of the record.
 *
 * @throws AppError `forbidden` for a person in the portal, `notFound` for a team that is none of the account's or a product that
 *   is none of the application's, `invalidRequest` for a revision that the team has not reached.
 */
export async function sendReceipt(
  { db, clock, feed }: Ground,
  caller: AccountCaller | DeviceCaller,
  { teamId, productId: product, revision, state }: SentReceipt,
): Promise<Record<string, never>> {
  if (caller.kind !== 'device') throw new AppError('forbidden');
  const { accountId, applicationId, tokenId } = caller;
  const subject = await findSubject(db, { accountId, applicationId, teamId, product });
  if (!subject) throw new AppError('notFound');
  if (revision > subject.revision) throw invalidField('revision', 'is newer than the team');
  const { productId } = subject;
  const isKept = await upsertReceipt(db, { tokenId, accountId, teamId, productId, revision, state, at: clock.now() });
  if (isKept) feed.tell(receiptTopic(teamId));
  return {};
}

/** What the devices of a team picked up last; a plain member sees its own. */
export async function listReceipts(
  { db, clock }: Ground,
  caller: AccountCaller,
  teamId: TeamId,
): Promise<{ items: Receipt[] }> {
  const { role, memberId } = await requireInTeam(db, teamId, caller, 'licence.read');
  const only = role === 'member' && memberId ? { memberId } : {};
  const rows = await listReceiptRows(db, caller, { teamId, ...only, at: clock.now() });
  return { items: rows.map(presentReceipt) };
}

const presentReceipt = (row: ReceiptRow): Receipt => ({
  ...row,
  at: row.at.toISOString(),
  lastContactAt: row.lastContactAt.toISOString(),
  takenAt: row.takenAt?.toISOString() ?? null,
});

export interface Contact {
  readonly at: Date;
  readonly place: string | null;
  readonly state: ReceiptState | null;
}

/** When an account's applications were last heard of about a product in a team; undefined where they never were. */
export async function findContact(
  { db, clock }: Ground,
  of: { accountId: AccountId; teamId: TeamId; productId: ProductId; everywhere: boolean },
): Promise<Contact | undefined> {
  return findLastContact(db, { ...of, at: clock.now() });
}
