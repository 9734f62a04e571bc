import type { Context as HonoContext } from 'hono';
import type { Access } from '../../../contract/endpoint.ts';
import { AppError } from '../app-error.ts';
import type { AccountCaller, Caller, DeviceCaller, Nobody, ServiceCaller } from '../caller.ts';

/** The application behind a service key; at once where it is known already. */
export type FindService = (key: string) => ServiceCaller | undefined | Promise<ServiceCaller | undefined>;

/** Who can tell who asks; the features that own sessions, tokens and keys provide it. */
export interface Authentication {
  /** The portal session of the request's cookie. */
  findSession(headers: Headers): Promise<AccountCaller | undefined>;
  /** Whether that session goes on; looking is no use of it. */
  isSessionOpen(headers: Headers): Promise<boolean>;
  /** The signed-in application behind a bearer token. */
  findDevice(token: string): Promise<DeviceCaller | undefined>;
  readonly findService: FindService;
}

/** The kind of caller that an endpoint's handler gets. */
export type CallerOf<A extends Access> = A extends 'session'
  ? AccountCaller
  : A extends 'token'
    ? AccountCaller | DeviceCaller
    : A extends 'service'
      ? ServiceCaller
      : AccountCaller | Nobody;

/**
 * Finds out who asks, noting it for the log as `callerId`, and whether such a caller may come here at all; roles are the services' question.
 *
 * @throws AppError `notSignedIn`, `tokenScope` for an application's token outside its scope, `crossSite`.
 */
export async function authenticate(c: HonoContext, access: Access, by: Authentication): Promise<Caller> {
  const bearer = bearerOf(c.req.header('authorization'));
  if (access === 'service')
    return requireCaller(bearer ? await by.findService(bearer) : undefined, 'applicationUnknown');
  if (bearer) {
    const device = requireCaller(await by.findDevice(bearer), 'notSignedIn');
    if (device.kind === 'device') c.set('callerId', device.tokenId);
    if (access !== 'token') throw new AppError('tokenScope');
    return device;
  }
  const session = await by.findSession(c.req.raw.headers);
  if (session) c.set('callerId', session.accountId);
  if (session || access === 'public' || access === 'link') refuseCrossSite(c);
  if (session) return session;
  if (access === 'public' || access === 'link') return { kind: 'nobody' };
  throw new AppError('notSignedIn');
}

/** The token of an `Authorization` header of the scheme `Bearer` (RFC 6750 section 2.1). */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
}

function requireCaller<C extends Caller>(caller: C | undefined, code: 'notSignedIn' | 'applicationUnknown'): C {
  if (!caller) throw new AppError(code);
  return caller;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A cookie travels with whatever a foreign page sends, so a changing request must come from our own pages. */
function refuseCrossSite(c: HonoContext): void {
  if (SAFE_METHODS.has(c.req.method)) return;
  const site = c.req.header('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') throw new AppError('crossSite');
  const origin = c.req.header('origin');
  if (origin && URL.parse(origin)?.host !== c.req.header('host')) throw new AppError('crossSite');
}
