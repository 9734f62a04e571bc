import type { Hono } from 'hono';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Authentication } from '../../platform/http/authenticate.ts';
import { authenticate } from '../../platform/http/authenticate.ts';
import { eventStream } from '../../platform/http/event-stream.ts';
import { admitStream, streamChanges } from './change-stream.service.ts';
import { streamEntitlements } from './entitlement-stream.service.ts';

/** The stream of changes of the calling account: entitlements for an application, hints to read again for the portal. */
export function changeStreamRoutes(http: Hono, ground: Ground, authentication: Authentication): void {
  http.get('/v1/me/stream', async (c) => {
    const caller = await authenticate(c, 'token', authentication);
    if (caller.kind !== 'account' && caller.kind !== 'device') throw new AppError('notSignedIn');
    const dismiss = admitStream(caller.accountId);
    return eventStream(c, (sink) => {
      const opening = { sink, lastEventId: c.req.header('last-event-id') };
      const sender =
        caller.kind === 'device' ? streamEntitlements(ground, caller, opening) : streamChanges(ground, caller, opening);
      return {
        beat: () => sender.beat(),
        close() {
          dismiss();
          sender.close();
        },
      };
    });
  });
}
