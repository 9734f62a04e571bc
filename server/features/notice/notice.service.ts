import type { Notice } from '../../../contract/notice.ts';
import type { NoticeId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { OwedJob } from '../../platform/jobs.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { requireStaff } from '../catalogue/catalogue.service.ts';
import { remakeLink } from '../link/link.service.ts';
import type { Owed } from './notice.kinds.ts';
import type { NoticePage, NoticeRow } from './notice.queries.ts';
import {
  copyNotice,
  findCustomerOf,
  getNotice,
  insertNotice,
  listNoticeRows,
  listQueued,
  lockNotice,
} from './notice.queries.ts';

export type { NoticePayloads } from './notice.kinds.ts';

/** The queue whose job hands one notice over to the mail server. */
export const SEND_NOTICE = 'notice-send';
/** The topic of mails that were handed over or were not, for whoever watches them. */
export const NOTICES = 'notices';

/** Queues a notice inside the change that owes it: it is sent if and only if that commits. */
export async function oweNotice(change: Change, owed: Owed): Promise<NoticeId> {
  const id = change.newId('ntc');
  await insertNotice(change.db, { ...owed, id, queuedAt: change.at });
  await change.queue(SEND_NOTICE, { noticeId: id });
  return id;
}

/** The notices that are owed at this moment, as jobs. */
export async function listOwedNotices({ db }: Ground): Promise<OwedJob[]> {
  const queued = await listQueued(db);
  return queued.map(({ id, attempts, nextAttemptAt }) => ({
    payload: { noticeId: id, ...(attempts > 0 && { tries: attempts }) },
    ...(nextAttemptAt && { startAfter: nextAttemptAt }),
  }));
}

export async function listNotices(
  { db }: Ground,
  caller: AccountCaller,
  query: NoticePage,
): Promise<{ items: Notice[]; next: string | null }> {
  await requireStaff(db, caller, 'notice.read');
  const rows = await listNoticeRows(db, caller, query);
  const items = rows.slice(0, query.limit).map(presentNotice);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/**
 * Sends a failed notice again, as a new one: a mail that leads to a link gets a new link, and the old one ends.
 *
 * @throws AppError `noticeNotFailed`, or `linkUsed`, `linkEnded` where its matter has gone on meanwhile.
 */
export async function sendNoticeAgain(
  ground: Ground,
  caller: AccountCaller,
  { noticeId, repeat }: { noticeId: NoticeId; repeat: Repeat | undefined },
): Promise<Notice> {
  await requireStaff(ground.db, caller, 'notice.sendAgain');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const failed = await lockNotice(change.db, noticeId);
    if (!failed) throw new AppError('notFound');
    if (failed.state !== 'failed' || failed.replacedBy) throw new AppError('noticeNotFailed');
    const linkId = failed.linkId && (await remakeLink(change, failed.linkId));
    const id = change.newId('ntc');
    await copyNotice(change.db, { of: noticeId, id, linkId, at: change.at });
    await change.queue(SEND_NOTICE, { noticeId: id });
    const streamId = (await findCustomerOf(change.db, failed.subjectId)) ?? 'vendor';
    await change.record(streamId, 'noticeSentAgain', { noticeId: id, before: noticeId });
    return presentNotice(await getNotice(change.db, id));
  });
}

function presentNotice(row: NoticeRow): Notice {
  return {
    id: row.id,
    kind: row.kind,
    to: row.recipient,
    language: row.language,
    state: row.state,
    attempts: row.attempts,
    queuedAt: row.queuedAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    lastError: row.lastError,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  };
}
