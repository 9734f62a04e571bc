import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { DemoSignIn } from '../contract/deployment.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import { accessRoutes, serveAccessConfiguration } from './features/access/access.routes.ts';
import type { Identity } from './features/account/account.identity.ts';
import { createIdentity } from './features/account/account.identity.ts';
import { accountJobs } from './features/account/account.jobs.ts';
import { accountRoutes } from './features/account/account.routes.ts';
import { findService } from './features/catalogue/application-key.service.ts';
import { catalogueRoutes } from './features/catalogue/catalogue.routes.ts';
import { customerRoutes } from './features/customer/customer.routes.ts';
import { deploymentRoutes } from './features/deployment/deployment.routes.ts';
import { healthRoutes } from './features/deployment/health.routes.ts';
import { deviceJobs } from './features/device/device.jobs.ts';
import { deviceRoutes } from './features/device/device.routes.ts';
import { deviceFlowRoutes } from './features/device/device-flow.routes.ts';
import { findDevice } from './features/device/device-flow.service.ts';
import { applicationStream, changeStreamRoutes } from './features/entitlement/change-stream.routes.ts';
import { entitlementRoutes } from './features/entitlement/entitlement.routes.ts';
import { createStreamAdmission } from './features/entitlement/stream-admission.ts';
import { leaseJobs } from './features/lease/lease.jobs.ts';
import { issueRoute, leaseRoutes } from './features/lease/lease.routes.ts';
import { createLeaseIssuer } from './features/lease/lease.service.ts';
import { statusListRoutes } from './features/lease/status-list.routes.ts';
import { createStatusLists } from './features/lease/status-list.service.ts';
import { licenceRoutes } from './features/licence/licence.routes.ts';
import { termJobs } from './features/licence/term.service.ts';
import { linkRoutes } from './features/link/link.routes.ts';
import { mailboxRoutes } from './features/mailbox/mailbox.routes.ts';
import { noticeJobs } from './features/notice/notice.jobs.ts';
import { noticeRoutes } from './features/notice/notice.routes.ts';
import { offerRoutes } from './features/offer/offer.routes.ts';
import { orderJobs } from './features/order/order.jobs.ts';
import { orderRoutes } from './features/order/order.routes.ts';
import { receiptRoutes } from './features/receipt/receipt.routes.ts';
import { recordRoutes } from './features/record/record.routes.ts';
import { sealJobs } from './features/seal/seal.jobs.ts';
import { createKeyring } from './features/signing-key/keyring.service.ts';
import { signingKeyJobs } from './features/signing-key/signing-key.jobs.ts';
import { signingKeyRoutes } from './features/signing-key/signing-key.routes.ts';
import { storageRoutes } from './features/storage/storage.routes.ts';
import { invitationJobs } from './features/team/invitation.service.ts';
import { teamRoutes } from './features/team/team.routes.ts';
import { whyRoutes } from './features/why/why.routes.ts';
import type { Ground } from './platform/ground.ts';
import { createAdmission } from './platform/http/admission.ts';
import type { Authentication } from './platform/http/authenticate.ts';
import { createBodyRoom } from './platform/http/body-room.ts';
import { createClientAddress } from './platform/http/client-address.ts';
import { serveDocs } from './platform/http/docs-page.ts';
import { problemResponse } from './platform/http/errors.ts';
import { checkHost } from './platform/http/host-check.ts';
import { leanListener } from './platform/http/lean-listener.ts';
import { mountLean } from './platform/http/lean-mount.ts';
import { serviceRoute } from './platform/http/lean-route.ts';
import { leanStream } from './platform/http/lean-stream.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { servePortal } from './platform/http/portal-files.ts';
import { createRoute } from './platform/http/route.ts';
import { overTransport, securityHeaders } from './platform/http/security-headers.ts';
import { unknownAddress } from './platform/http/unknown-address.ts';
import { afterContent } from './platform/http/unread-content.ts';
import type { JobKind } from './platform/jobs.ts';
import type { MailTransport } from './platform/mail.ts';
import { repeatJobs } from './platform/repeat.jobs.ts';

export interface App {
  /** Everything, for callers in process. */
  readonly http: Hono;
  /** Everything, for a server of `node:http`; what applications ask all the time takes the short way. */
  readonly listener: RequestListener;
  readonly jobKinds: readonly JobKind[];
  readonly identity: Identity;
}

export interface AppOptions {
  /** Whether every answer is held against its shape. */
  readonly checkResponses: boolean;
  readonly version: string;
  /** Where the catalogue comes from, as staff read it. */
  readonly deploymentSource: string;
  readonly mail: MailTransport;
  /** Who can be signed in as in a demo. */
  readonly demoSignIns?: readonly DemoSignIn[];
  /** The built portal; undefined where only the API is wanted. */
  readonly portalFolder?: string;
  /** Addresses or networks of the proxies that requests come through. */
  readonly proxies?: readonly string[];
  /** Whether the process is about to end. */
  readonly isClosing?: () => boolean;
}

const JSON_LIMIT_BYTES = 1024 * 1024;
const FILE_LIMIT_BYTES = 16 * 1024 * 1024;
/** Eight files at a time, or many requests of a megabyte. */
const PEOPLE_ROOM_BYTES = 128 * 1024 * 1024;
/** Sixteen checks of ten thousand at a time, all of them slow. */
const APPLICATION_ROOM_BYTES = 128 * 1024 * 1024;

const UNNAMED_PROXY =
  'requests come through a proxy that NAMESAKE_PROXIES does not name: all of its clients count as one';

/** Puts the features together into the HTTP application and its jobs. */
export function createApp(ground: Ground, options: AppOptions): App {
  const { checkResponses, version, deploymentSource, portalFolder, mail } = options;
  const { demoSignIns = [], proxies = [], isClosing = () => false } = options;
  const clientAddress = createClientAddress(proxies, () => ground.log.warn(UNNAMED_PROXY));
  const addressOf = (c: Context) => clientAddress(getConnInfo(c).remote.address, c.req.header('x-forwarded-for'));
  const http = createHttp(ground, addressOf);
  const identity = createIdentity({
    db: ground.db,
    newId: ground.newId,
    publicUrl: ground.settings.publicUrl,
    secret: ground.serverKey.toString('base64url'),
  });
  const authentication: Authentication = {
    findSession: identity.findSession,
    isSessionOpen: identity.isSessionOpen,
    findDevice: (token) => findDevice(ground, token),
    findService: (key) => findService(ground, key),
  };
  const admission = createAdmission(ground.log);
  const bodyRoom = createBodyRoom(PEOPLE_ROOM_BYTES);
  const leanRoom = createBodyRoom(APPLICATION_ROOM_BYTES);
  const lean = { log: ground.log, clientAddress, publicHost: publicHostOf(ground), bodyRoom: leanRoom };
  const route = createRoute(http, {
    authentication,
    admission,
    bodyRoom,
    checkResponses,
    jsonLimitBytes: JSON_LIMIT_BYTES,
    fileLimitBytes: FILE_LIMIT_BYTES,
    addressOf,
    repeatKey: ground.serverKey,
  });
  healthRoutes(http, ground, isClosing);
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
  const keyring = createKeyring(ground);
  serveAccessConfiguration(http, ground, keyring);
  signingKeyRoutes(http, keyring);
  const leanRoutes = [
    ...accessRoutes(ground).map((access) => serviceRoute(access, authentication.findService)),
    issueRoute(createLeaseIssuer(ground, keyring)),
  ];
  mountLean(http, leanRoutes, { ...lean, checkResponses });
  leaseRoutes(route, ground);
  statusListRoutes(http, createStatusLists(ground, keyring));
  const streams = createStreamAdmission(ground.clock);
  changeStreamRoutes(http, ground, { authentication, admission: streams, limit: admission.streams, addressOf });
  deviceRoutes(route, ground);
  deviceFlowRoutes(http, ground, { addressOf, limit: admission.devices, bodyRoom });
  receiptRoutes(route, ground);
  whyRoutes(route, ground);
  recordRoutes(route, ground);
  linkRoutes(route, ground, identity);
  noticeRoutes(route, ground);
  mailboxRoutes(route, ground, demoSignIns);
  serveDocs(http, () => openApiDocument(endpoints, version));
  if (portalFolder) servePortal(http, portalFolder);
  return {
    http,
    listener: afterContent(
      overTransport(
        isSecure(ground),
        leanListener(
          leanRoutes,
          lean,
          leanStream(
            applicationStream(ground, streams),
            { ...lean, findDevice: authentication.findDevice, limit: admission.streams },
            getRequestListener(http.fetch),
          ),
        ),
      ),
    ),
    identity,
    jobKinds: [
      ...noticeJobs(ground, mail),
      ...accountJobs(ground),
      ...deviceJobs(ground),
      ...leaseJobs(ground),
      ...signingKeyJobs(ground),
      ...sealJobs(ground, keyring),
      ...orderJobs(ground),
      ...invitationJobs(ground),
      ...termJobs(ground),
      ...repeatJobs(ground),
    ],
  };
}

/** Where programs alone ask. */
const leanPaths = new Set<string>(
  Object.values(endpoints)
    .filter((each: Endpoint) => each.lean || each.deviceProof)
    .map(({ path }) => path),
);

function createHttp(ground: Ground, addressOf: (c: Context) => string): Hono {
  const http = new Hono();
  const telling = { log: ground.log, addressOf };
  http.onError((error, c) => problemResponse(c, error, telling));
  const unknown = unknownAddress(Object.values(endpoints));
  http.notFound((c) => problemResponse(c, unknown(c), telling));
  http.use(securityHeaders({ apiPaths: leanPaths, secure: isSecure(ground) }));
  const publicHost = publicHostOf(ground);
  if (publicHost !== undefined) http.use(checkHost(publicHost));
  return http;
}

/** The one host name of a demo; a deployment's proxy answers for its own. */
function publicHostOf({ settings }: Ground): string | undefined {
  return settings.demo ? new URL(settings.publicUrl).host : undefined;
}

/** Whether people reach this server over https. */
function isSecure({ settings }: Ground): boolean {
  return settings.publicUrl.startsWith('https:');
}
