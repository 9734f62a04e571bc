import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { endpoints } from '../contract/endpoints.ts';
import type { Identity } from './features/account/account.identity.ts';
import { createIdentity } from './features/account/account.identity.ts';
import { accountRoutes } from './features/account/account.routes.ts';
import { catalogueRoutes } from './features/catalogue/catalogue.routes.ts';
import { customerRoutes } from './features/customer/customer.routes.ts';
import { deploymentRoutes } from './features/deployment/deployment.routes.ts';
import { changeStreamRoutes } from './features/entitlement/change-stream.routes.ts';
import { entitlementRoutes } from './features/entitlement/entitlement.routes.ts';
import { licenceRoutes } from './features/licence/licence.routes.ts';
import { termJobs } from './features/licence/term.service.ts';
import { linkRoutes } from './features/link/link.routes.ts';
import { noticeRoutes } from './features/notice/notice.routes.ts';
import { offerRoutes } from './features/offer/offer.routes.ts';
import { orderJobs } from './features/order/order.jobs.ts';
import { orderRoutes } from './features/order/order.routes.ts';
import { recordRoutes } from './features/record/record.routes.ts';
import { storageRoutes } from './features/storage/storage.routes.ts';
import { invitationJobs } from './features/team/invitation.service.ts';
import { teamRoutes } from './features/team/team.routes.ts';
import { AppError } from './platform/app-error.ts';
import type { Ground } from './platform/ground.ts';
import type { Authentication } from './platform/http/authenticate.ts';
import { serveDocs } from './platform/http/docs-page.ts';
import { problemResponse } from './platform/http/errors.ts';
import { checkHost } from './platform/http/host-check.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { servePortal } from './platform/http/portal-files.ts';
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
  readonly version: string;
  /** Where the catalogue comes from, as staff read it. */
  readonly deploymentSource: string;
  /** The built portal; undefined where only the API is wanted. */
  readonly portalFolder?: string;
}

const JSON_LIMIT_BYTES = 1024 * 1024;
const FILE_LIMIT_BYTES = 16 * 1024 * 1024;

/** Puts the features together into the HTTP application and its jobs. */
export function createApp(
  ground: Ground,
  { checkResponses, version, deploymentSource, portalFolder }: AppOptions,
): App {
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
  deploymentRoutes(route, ground, version);
  accountRoutes(route, ground, identity);
  catalogueRoutes(route, ground, deploymentSource);
  customerRoutes(route, ground);
  offerRoutes(route, ground);
  orderRoutes(route, ground);
  teamRoutes(route, ground);
  licenceRoutes(route, ground);
  storageRoutes(route, ground);
  entitlementRoutes(route, ground);
  changeStreamRoutes(http, ground, authentication);
  recordRoutes(route, ground);
  linkRoutes(route, ground, identity);
  noticeRoutes(route, ground);
  serveDocs(http, openApiDocument(endpoints, version));
  if (portalFolder) servePortal(http, portalFolder);
  return {
    http,
    identity,
    jobKinds: [
      { name: 'notice-send', handle: async () => {} },
      ...orderJobs(ground),
      ...invitationJobs(ground),
      ...termJobs(ground),
    ],
  };
}

function createHttp(ground: Ground): Hono {
  const http = new Hono();
  http.onError((error, c) => problemResponse(c, error, ground.log));
  http.notFound((c) => problemResponse(c, new AppError('notFound'), ground.log));
  http.use(securityHeaders());
  if (ground.settings.demo) http.use(checkHost(new URL(ground.settings.publicUrl).host));
  return http;
}
