import type { MailboxMessage } from '../../../contract/deployment.ts';
import type { NoticeId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import type { MailTransport } from '../../platform/mail.ts';
import { insertMessage, listMessages } from './mailbox.queries.ts';

/** A demo's way for mail: into the mailbox page, to nobody else. */
export function createMailboxTransport({ db }: Pick<Ground, 'db'>): MailTransport {
  return {
    async handOver({ id, to, subject, text, html, at }) {
      // A mail is known by the id of its notice.
      await insertMessage(db, { noticeId: id as NoticeId, recipient: to, subject, bodyText: text, bodyHtml: html, at });
      return { outcome: 'accepted' };
    },
    close() {},
  };
}

/** The mails that a demo kept. @throws AppError `notFound` anywhere else. */
export async function listMailbox(
  ground: Ground,
  { to }: { to?: string | undefined },
): Promise<{ items: MailboxMessage[] }> {
  requireDemo(ground);
  return { items: await listMessages(ground.db, to?.trim().toLowerCase()) };
}

/** @throws AppError `notFound` where the deployment is no demo. */
export function requireDemo({ settings }: Ground): void {
  if (!settings.demo) throw new AppError('notFound');
}
