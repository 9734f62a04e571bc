import { noticeEndpoints } from '../../../contract/notice.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { listNotices, sendNoticeAgain } from './notice.service.ts';

export function noticeRoutes(route: Route, ground: Ground): void {
  route(noticeEndpoints.listNotices, ({ caller, query }) => listNotices(ground, caller, query));
  route(noticeEndpoints.sendNoticeAgain, ({ caller, params, repeat }) =>
    sendNoticeAgain(ground, caller, { ...params, repeat }),
  );
}
