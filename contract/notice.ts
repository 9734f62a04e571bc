import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment, page, pageQuery } from './shape.ts';

export const noticeKind = z.enum([
  'accountConfirmation',
  'accountExists',
  'passwordReset',
  'passwordChanged',
  'offerSent',
  'offerAcceptedByPhone',
  'offerAnswered',
  'orderToComplete',
  'orderCompleted',
  'orderHeld',
  'orderFailed',
  'orderRefused',
  'teamMade',
  'teamJoinsCustomer',
  'invitation',
  'ownershipOffered',
  'customerConfirmed',
  'customerDeclined',
  'termEnding',
  'termGrace',
  'termSuspended',
  'termTerminated',
]);
export type NoticeKind = z.infer<typeof noticeKind>;

export const noticeState = z.enum(['queued', 'accepted', 'failed', 'bounced']);

export const notice = z
  .object({
    id: id('ntc'),
    kind: noticeKind,
    to: z.string(),
    language: z.string(),
    state: noticeState,
    attempts: z.int(),
    queuedAt: moment,
    acceptedAt: moment.nullable(),
    lastError: z.string().nullable(),
    nextAttemptAt: moment.nullable(),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof notice>;

export const noticeEndpoints = {
  listNotices: endpoint({
    method: 'GET',
    path: '/v1/notices',
    tag: 'Notice',
    summary: 'Notices with their state, newest first, for vendor staff',
    access: 'session',
    query: pageQuery.extend({ state: noticeState.optional() }),
    response: page(notice),
    codes: ['forbidden'],
  }),
  sendNoticeAgain: endpoint({
    method: 'POST',
    path: '/v1/notices/{noticeId}/send-again',
    tag: 'Notice',
    summary: 'Sends a failed notice again; one with a link gets a new link and the old one ends',
    access: 'session',
    params: z.object({ noticeId: id('ntc') }),
    response: notice,
    changes: true,
    codes: ['notFound', 'forbidden', 'noticeNotFailed', 'linkUsed', 'linkEnded'],
  }),
};
