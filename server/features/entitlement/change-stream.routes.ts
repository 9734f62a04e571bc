import type { Hono, Context as HonoContext } from 'hono';
import { AppError } from '../../platform/app-error.ts';
import type { DeviceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Authentication } from '../../platform/http/authenticate.ts';
import { authenticate } from '../../platform/http/authenticate.ts';
import { networkOf } from '../../platform/http/client-address.ts';
import type { OpenSender } from '../../platform/http/event-stream.ts';
import { eventStream, STREAM_HEADERS } from '../../platform/http/event-stream.ts';
import type { LeanStream } from '../../platform/http/lean-stream.ts';
import { whileSignedIn } from '../../platform/http/while-signed-in.ts';
import type { LoadLimit } from '../../platform/load-limit.ts';
import { streamChanges } from './change-stream.service.ts';
import { streamEntitlements } from './entitlement-stream.service.ts';
import type { StreamAdmission } from './stream-admission.ts';

const PATH = '/v1/me/stream';

export interface StreamDoor {
  readonly authentication: Authentication;
  readonly admission: StreamAdmission;
  /** How many are let in at a time. */
  readonly limit: LoadLimit;
  addressOf(c: HonoContext): string;
}

/** The stream of changes of the calling account: entitlements for an application, hints to read again for the portal. */
export function changeStreamRoutes(
  http: Hono,
  ground: Ground,
  { authentication, admission, limit, addressOf }: StreamDoor,
): void {
  http.get(PATH, async (c) => {
    const who = networkOf(addressOf(c));
    const caller = await limit.run(() => authenticate(c, 'token', authentication), { who });
    const lastEventId = c.req.header('last-event-id');
    if (caller.kind !== 'account' && caller.kind !== 'device') throw new AppError('notSignedIn');
    // Whoever asks for the head alone would never read, and so never close, what was opened.
    if (c.req.method === 'HEAD') return c.body(null, 200, STREAM_HEADERS);
    if (caller.kind === 'device')
      return eventStream(await applicationStream(ground, admission).open(caller, lastEventId));
    const dismiss = admission.admit(caller.accountId);
    const { headers } = c.req.raw;
    return eventStream((sink) =>
      whileSignedIn(streamChanges(ground, caller, { sink, lastEventId, dismiss }), sink, () =>
        authentication.isSessionOpen(headers),
      ),
    );
  });
}

/** The same for applications, which are many, on the socket itself. */
export function applicationStream(ground: Ground, admission: StreamAdmission): LeanStream {
  return {
    path: PATH,
    async open(caller: DeviceCaller, lastEventId: string | undefined): Promise<OpenSender> {
      // What is old says nothing: the client finds another process, or comes again.
      if (!ground.feed.isCurrent && !(await ground.feed.reach(''))) {
        throw new AppError('databaseUnavailable', { retryAfterSeconds: 2 });
      }
      const dismiss = admission.admit(caller.accountId);
      return (sink) => streamEntitlements(ground, caller, { sink, lastEventId, dismiss });
    },
  };
}
