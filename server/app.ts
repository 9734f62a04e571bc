import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import type { Identity } from './features/account/account.identity.ts';
import { createIdentity } from './features/account/account.identity.ts';
import { licenceRoutes } from './features/licence/licence.routes.ts';
import { invitationJobs } from './features/team/invitation.service.ts';
import { teamRoutes } from './features/team/team.routes.ts';
import { AppError } from './platform/app-error.ts';
import type { Ground } from './platform/ground.ts';
import type { Authentication } from './platform/http/authenticate.ts';
import { problemResponse } from './platform/http/errors.ts';
import { checkHost } from './platform/http/host-check.ts';
import { createRoute } from './platform/http/route.ts';
import { securityHeaders } from './platform/http/security-headers.ts';
import type { JobKind } from './platform/jobs.ts';

export interface App {
  readonly http: Hono;
  readonly jobKinds: readonly JobKind[];
  readonly identity: Identity;
}

export interface AppOptions {
  /** Whether every answer is held against its shape. */
  readonly checkResponses: boolean;
}

const JSON_LIMIT_BYTES = 1024 * 1024;
const FILE_LIMIT_BYTES = 16 * 1024 * 1024;

/** Puts the features together into the HTTP application and its jobs. */
export function createApp(ground: Ground, { checkResponses }: AppOptions): App {
  const http = createHttp(ground);
  const identity = createIdentity({
    db: ground.db,
    newId: ground.newId,
    publicUrl: ground.settings.publicUrl,
    secret: ground.serverKey.toString('base64url'),
  });
  const authentication: Authentication = {
    findSession: identity.findSession,
    findDevice: async () => undefined,
    findService: async () => undefined,
  };
  const route = createRoute(http, {
    authentication,
    checkResponses,
    jsonLimitBytes: JSON_LIMIT_BYTES,
    fileLimitBytes: FILE_LIMIT_BYTES,
    addressOf: (c) => getConnInfo(c).remote.address ?? 'unknown',
  });
  teamRoutes(route, ground);
  licenceRoutes(route, ground);
  return { http, identity, jobKinds: [{ name: 'notice-send', handle: async () => {} }, ...invitationJobs(ground)] };
}

function createHttp(ground: Ground): Hono {
  const http = new Hono();
  http.onError((error, c) => problemResponse(c, error, ground.log));
  http.notFound((c) => problemResponse(c, new AppError('notFound'), ground.log));
  http.use(securityHeaders());
  if (ground.settings.demo) http.use(checkHost(new URL(ground.settings.publicUrl).host));
  return http;
}
