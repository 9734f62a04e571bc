import type { NoticeKind } from '../../../contract/notice.ts';
import type { CustomerId, LinkId, NoticeId, OfferId, OrderId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { isStaff } from '../../db/sight.ts';
import type { NoticePayloads, Owed } from './notice.kinds.ts';

const columns = [
  'notice.id',
  'notice.kind',
  'notice.recipient',
  'notice.language',
  'notice.payload',
  'notice.linkId',
  'notice.subjectId',
  'notice.state',
  'notice.attempts',
  'notice.queuedAt',
  'notice.acceptedAt',
  'notice.nextAttemptAt',
  'notice.lastError',
  'notice.replacedBy',
] as const;

export type NoticeRow = Awaited<ReturnType<typeof getNotice>>;

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

export async function getNotice(db: Db, id: NoticeId) {
  return db.selectFrom('notice').select(columns).where('id', '=', id).executeTakeFirstOrThrow();
}

/** Locks a notice, so that of two who send it again at once the second finds what the first did. */
export async function lockNotice(db: Db, id: NoticeId): Promise<NoticeRow | undefined> {
  return db.selectFrom('notice').select(columns).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

/** The notices that wait for the mail server, and when the next try is due. */
export async function listQueued(db: Db): Promise<Pick<NoticeRow, 'id' | 'attempts' | 'nextAttemptAt'>[]> {
  return db
    .selectFrom('notice')
    .select(['id', 'attempts', 'nextAttemptAt'])
    .where('state', '=', 'queued')
    .orderBy('id')
    .execute();
}

export type NoticeToSend = NonNullable<Awaited<ReturnType<typeof findNoticeWithLink>>>;

/** A notice with the moment until which its link works. */
export async function findNoticeWithLink(db: Db, id: NoticeId) {
  return db
    .selectFrom('notice')
    .leftJoin('link', 'link.id', 'notice.linkId')
    .select([...columns, 'link.expiresAt as linkEndsAt'])
    .where('notice.id', '=', id)
    .executeTakeFirst();
}

/** The facts that {@link insertNotice} has kept; it takes none but those of the kind. */
export function payloadOf(row: { payload: Record<string, unknown> }): NoticePayloads[NoticeKind] {
  return row.payload as unknown as NoticePayloads[NoticeKind];
}

export interface NoticePage {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly state?: NoticeRow['state'] | undefined;
}

/** Notices for vendor staff, newest first (ids sort by moment), without those that were sent again; one more than a page holds. */
export async function listNoticeRows(
  db: Db,
  viewer: Viewer,
  { limit, after, state }: NoticePage,
): Promise<NoticeRow[]> {
  return db
    .selectFrom('notice')
    .select(columns)
    .where('replacedBy', 'is', null)
    .where(isStaff(viewer))
    .$if(after !== undefined, (query) => query.where('id', '<', after as NoticeId))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'queued'))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export interface Attempt {
  readonly state: NoticeRow['state'];
  readonly acceptedAt?: Date;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
}

/**
 * Writes what became of one hand-over; only of a notice that still waits for it.
 *
 * That it was taken counts whichever try it was. That it was not counts once for each try: another process that took this one
 * for dead may have tried at the same time.
 *
 * @param tries How often it had been tried before.
 * @returns Whether it was written.
 */
export async function recordAttempt(
  db: Db,
  { id, tries }: { id: NoticeId; tries: number },
  attempt: Attempt,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set((eb) => ({ ...attempt, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .$if(attempt.state !== 'accepted', (query) => query.where('attempts', '=', tries))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface Copy {
  readonly of: NoticeId;
  readonly id: NoticeId;
  readonly linkId: LinkId | null;
  readonly at: Date;
}

/** Queues a copy of a failed notice, with a link of its own, and marks the failed one as replaced by it. */
export async function copyNotice(db: Db, { of, id, linkId, at }: Copy): Promise<void> {
  await db
    .insertInto('notice')
    .columns(['id', 'kind', 'recipient', 'language', 'payload', 'linkId', 'subjectId', 'state', 'queuedAt'])
    .expression((eb) =>
      eb
        .selectFrom('notice')
        .select((row) => [
          row.val(id).as('id'),
          'kind',
          'recipient',
          'language',
          'payload',
          row.val(linkId).as('linkId'),
          'notice.subjectId',
          row.val('queued').as('state'),
          row.val(at).as('queuedAt'),
        ])
        .where('id', '=', of),
    )
    .execute();
  await db.updateTable('notice').set({ replacedBy: id }).where('id', '=', of).execute();
}

/** The customer whose sale a notice is about; undefined for what belongs to no sale. */
export async function findCustomerOf(db: Db, subjectId: string): Promise<CustomerId | undefined> {
  const row = await db
    .selectFrom('offer')
    .select('customerId')
    .where('id', '=', subjectId as OfferId)
    .unionAll(
      db
        .selectFrom('order')
        .select('customerId')
        .where('id', '=', subjectId as OrderId),
    )
    .executeTakeFirst();
  return row?.customerId;
}
