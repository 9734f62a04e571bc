import { z } from 'zod';
import { id } from '../../../contract/shape.ts';
import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import type { MailTransport } from '../../platform/mail.ts';
import { handOverNotice } from './hand-over.service.ts';
import { listOwedNotices, NOTICES, SEND_NOTICE } from './notice.service.ts';

const payload = z.object({ noticeId: id('ntc'), tries: z.int().default(0) });

export function noticeJobs(ground: Ground, transport: MailTransport): JobKind[] {
  return [
    {
      name: SEND_NOTICE,
      owed: () => listOwedNotices(ground),
      async handle(data) {
        try {
          await handOverNotice(ground, transport, payload.parse(data));
        } finally {
          ground.feed.tell(NOTICES);
        }
      },
    },
  ];
}
