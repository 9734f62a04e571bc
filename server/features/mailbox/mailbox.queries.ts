import type { MailboxMessage } from '../../../contract/deployment.ts';
import type { NoticeId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';

const NEWEST = 200;

export interface NewMessage {
  readonly noticeId: NoticeId;
  readonly recipient: string;
  readonly subject: string;
  readonly bodyText: string;
  readonly bodyHtml: string;
  readonly at: Date;
}

/** Keeps a message; a repeat of it changes nothing. */
export async function insertMessage(db: Db, message: NewMessage): Promise<void> {
  await db
    .insertInto('mailboxMessage')
    .values(message)
    .onConflict((conflict) => conflict.column('noticeId').doNothing())
    .execute();
}

/** The newest messages, newest first (ids sort by moment). */
export async function listMessages(db: Db, to: string | undefined): Promise<MailboxMessage[]> {
  const rows = await db
    .selectFrom('mailboxMessage')
    .select(['noticeId', 'recipient', 'subject', 'at', 'bodyText', 'bodyHtml'])
    .$if(to !== undefined, (query) => query.where('recipient', '=', to ?? ''))
    .orderBy('noticeId', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.map((row) => ({
    id: row.noticeId,
    to: row.recipient,
    subject: row.subject,
    at: row.at.toISOString(),
    text: row.bodyText,
    html: row.bodyHtml,
  }));
}
