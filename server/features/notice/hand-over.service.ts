import type { NoticeId } from '../../../domain/id.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { HandOver, Mail, MailTransport } from '../../platform/mail.ts';
import { transact } from '../../platform/transact.ts';
import { addressOfLink } from '../link/link.service.ts';
import type { KeptNotice } from './notice.mail.ts';
import { mailOf } from './notice.mail.ts';
import type { NoticeToSend } from './notice.queries.ts';
import { findNoticeWithLink, payloadOf, recordAttempt } from './notice.queries.ts';
import { SEND_NOTICE } from './notice.service.ts';

/** Minutes between the tries, most of a day together; after the last one a notice has failed. */
const WAIT_MINUTES = [1, 5, 15, 30, 60, 120, 240, 480, 480] as const;

/** A notice to hand over, and how often that was tried before. */
export interface NoticeJob {
  readonly noticeId: NoticeId;
  readonly tries: number;
}

/**
 * Hands one notice over to the mail server and writes down what that said.
 *
 * Nothing is locked meanwhile. A crash in between leaves the notice queued, so the same bytes go out once more: whoever
 * receives them knows by their Message-ID that it is one mail.
 */
export async function handOverNotice(
  ground: Ground,
  transport: MailTransport,
  { noticeId: id, tries }: NoticeJob,
): Promise<void> {
  const row = await findNoticeWithLink(ground.db, id);
  // A job that broke off after it had queued its successor comes again: both going on would use the tries up in half the time.
  if (row?.state !== 'queued' || row.attempts !== tries) return;
  const mail = writeMail(ground, row);
  const answer = mail ? await transport.handOver(mail) : UNWRITTEN;
  await recordAnswer(ground, { id, attempts: row.attempts, answer });
}

/** Whoever mends what keeps a mail from being written has most of a day; until then the back office sees the notice and why it waits. */
const UNWRITTEN: HandOver = { outcome: 'delayed', reason: 'The mail cannot be written; the log says why.' };

/** The mail of a notice; undefined where it cannot be written, which has been logged. */
function writeMail(ground: Ground, row: NoticeToSend): Mail | undefined {
  try {
    const link = row.linkId && row.linkEndsAt && { address: addressOfLink(ground, row.linkId), endsAt: row.linkEndsAt };
    const notice: KeptNotice = { ...row, to: row.recipient, payload: payloadOf(row), link: link || undefined };
    return mailOf(notice, ground.settings);
  } catch (error) {
    ground.log.error('a mail cannot be written', error, { noticeId: row.id });
    return undefined;
  }
}

interface Answered {
  readonly id: NoticeId;
  /** Tries before this one. */
  readonly attempts: number;
  readonly answer: HandOver;
}

async function recordAnswer(ground: Ground, { id, attempts, answer }: Answered): Promise<void> {
  const at = ground.clock.now();
  const one = { id, tries: attempts };
  if (answer.outcome === 'accepted') {
    await recordAttempt(ground.db, one, { state: 'accepted', acceptedAt: at, nextAttemptAt: null, lastError: null });
    return;
  }
  const minutes = answer.outcome === 'delayed' ? WAIT_MINUTES[attempts] : undefined;
  if (minutes === undefined) {
    const failed = { state: 'failed', nextAttemptAt: null, lastError: answer.reason } as const;
    if (!(await recordAttempt(ground.db, one, failed))) return;
    ground.log.warn('notice failed', { noticeId: id, attempts: attempts + 1 });
    return;
  }
  await tryLater(ground, { ...one, reason: answer.reason, milliseconds: minutes * 60_000 });
}

async function tryLater(
  ground: Ground,
  { id, tries, reason, milliseconds }: { id: NoticeId; tries: number; reason: string; milliseconds: number },
): Promise<void> {
  await transact(ground, { actor: systemActor }, async ({ db, at }) => {
    const nextAttemptAt = new Date(at.getTime() + milliseconds);
    // Whoever has written this try down has queued the next.
    if (!(await recordAttempt(db, { id, tries }, { state: 'queued', nextAttemptAt, lastError: reason }))) return;
    // The queue goes by the real time, whatever clock the rest of the server has.
    const startAfter = new Date(Date.now() + milliseconds);
    await ground.jobs.queue(db, SEND_NOTICE, { noticeId: id, tries: tries + 1 }, { startAfter });
  });
}
