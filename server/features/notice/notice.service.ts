import type { NoticeKind } from '../../../contract/notice.ts';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { LinkId, NoticeId } from '../../../domain/id.ts';
import type { Change } from '../../platform/transact.ts';
import type { LinkedNoticeKind, NoticePayloads } from './notice.kinds.ts';
import { insertNotice } from './notice.queries.ts';

/** The queue whose job hands one notice over to the mail server. */
export const SEND_NOTICE = 'notice-send';

interface OwedOf<K extends NoticeKind> {
  readonly kind: K;
  readonly to: EmailAddress;
  readonly language: Language;
  /** What the text mentions; a kind without a link names the portal's page there, as `path`. */
  readonly payload: NoticePayloads[K];
  /** What it is about, such as the order's id. */
  readonly subjectId: string;
}

/**
 * A mail that the system owes somebody: each kind with its own facts. A linked kind has a link; another may lead to one
 * instead of its page, such as a finished order's to the link by which an unclaimed team is claimed.
 */
export type Owed = {
  [K in NoticeKind]: OwedOf<K> &
    (K extends LinkedNoticeKind ? { readonly linkId: LinkId } : { readonly linkId?: LinkId });
}[NoticeKind];

/** Queues a notice inside the change that owes it: it is sent if and only if that commits. */
export async function oweNotice(change: Change, owed: Owed): Promise<NoticeId> {
  const id = change.newId('ntc');
  await insertNotice(change.db, { ...owed, id, queuedAt: change.at });
  await change.queue(SEND_NOTICE, { noticeId: id });
  return id;
}
