import type { NoticeId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { Owed } from './notice.service.ts';

export async function insertNotice(db: Db, notice: Owed & { id: NoticeId; queuedAt: Date }): Promise<void> {
  await db
    .insertInto('notice')
    .values({
      id: notice.id,
      kind: notice.kind,
      recipient: notice.to,
      language: notice.language,
      payload: JSON.stringify(notice.payload),
      linkId: notice.linkId ?? null,
      subjectId: notice.subjectId,
      state: 'queued',
      queuedAt: notice.queuedAt,
    })
    .execute();
}
