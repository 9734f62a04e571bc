import type { Auth, BetterAuthOptions, BetterAuthPlugin } from 'better-auth';
import { betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, TokenId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { NewId } from '../../platform/ids.ts';
import { deleteSession, markSessionUsed, SESSION_REST_DAYS } from './account.queries.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

/** Passwords and sessions, as the identity library keeps them. Accounts themselves are rows of ours. */
export interface Identity {
  /** Hashes a password for {@link verifyPassword}; slow by design (scrypt). */
  hashPassword(password: string): Promise<string>;
  /** Whether it is the password of a hash; without a hash the same work is done, and the answer is no. */
  verifyPassword(hash: string | undefined, password: string): Promise<boolean>;
  /** Starts a session and answers the `Set-Cookie` values that carry it. */
  startSession(accountId: AccountId, headers?: Headers): Promise<string[]>;
  /** Ends the session of a request and answers the `Set-Cookie` values that clear it. */
  endSession(headers: Headers): Promise<string[]>;
  /** Who is signed in by the session of a request. One that nobody used for seven days has ended. */
  findSession(headers: Headers): Promise<AccountCaller | undefined>;
  /** Whether the session of a request goes on; looking is no use of it. */
  isSessionOpen(headers: Headers): Promise<boolean>;
  /** The id of the session of a request. */
  findSessionId(headers: Headers): Promise<TokenId | undefined>;
}

export interface IdentityOptions {
  readonly db: Db;
  readonly newId: NewId;
  readonly publicUrl: string;
  readonly secret: string;
}

/** Then somebody signs in again, busy or not: a session that grows by itself would have to rewrite its cookie. */
const SESSION_SECONDS = 30 * 86_400;
const IDLE_MILLISECONDS = SESSION_REST_DAYS * 86_400_000;
/** More exactly than to the hour nobody has to know when a session was used last. */
const USE_NOTED_EVERY_MILLISECONDS = 3_600_000;
const USER_AGENT_CHARACTERS = 300;

export function createIdentity(options: IdentityOptions): Identity {
  const auth = betterAuth({ ...settings(options), plugins: [sessionStart()] });
  const find = async (headers: Headers): Promise<SessionFound> =>
    headers.has('cookie') ? told(auth.api.getSession({ headers })) : null;
  return {
    hashPassword,
    verifyPassword,
    async startSession(accountId, requestHeaders) {
      const userAgent = requestHeaders?.get('user-agent')?.slice(0, USER_AGENT_CHARACTERS) ?? '';
      const { headers } = await told(auth.api.startSession({ body: { accountId, userAgent }, returnHeaders: true }));
      return headers.getSetCookie();
    },
    async endSession(headers) {
      const answer = await told(auth.api.signOut({ headers, returnHeaders: true }));
      return answer.headers.getSetCookie();
    },
    async findSession(headers) {
      const found = await find(headers);
      return found && (await isInUse(options.db, found)) ? callerOf(found) : undefined;
    },
    async isSessionOpen(headers) {
      const found = await find(headers);
      return found !== null && restOf(found) <= IDLE_MILLISECONDS;
    },
    findSessionId: async (headers) => (await find(headers))?.session.id as TokenId | undefined,
  };
}

/** Notes that a session is used, or ends it after too long a rest. The library tells the time itself, so this does. */
async function isInUse(db: Db, found: NonNullable<SessionFound>): Promise<boolean> {
  // The library returns our own row, whose id is one of ours.
  const id = found.session.id as TokenId;
  const rest = restOf(found);
  if (rest > IDLE_MILLISECONDS) await deleteSession(db, id);
  else if (rest > USE_NOTED_EVERY_MILLISECONDS) await markSessionUsed(db, id, new Date());
  return rest <= IDLE_MILLISECONDS;
}

/** The library answers a database that is away as an internal error of its own and drops the cause. */
async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode < 500) throw error;
    throw new AppError('databaseUnavailable', { retryAfterSeconds: 2, cause: error });
  }
}

function settings({ db, newId, publicUrl, secret }: IdentityOptions) {
  return {
    appName: 'Namesake',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, requireEmailVerification: true },
    user: {
      modelName: 'account',
      additionalFields: { language: { type: 'string', input: false, defaultValue: 'en' } },
    },
    session: {
      modelName: 'session',
      fields: { userId: 'accountId' },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'credential',
      fields: { userId: 'accountId', accountId: 'providerAccountId' },
    },
    verification: { modelName: 'verification' },
    advanced: {
      ...cookies(publicUrl.startsWith('https:')),
      database: { generateId: () => newId('tok'), validateSchema: false },
    },
  } satisfies BetterAuthOptions;
}

const restOf = ({ session }: NonNullable<SessionFound>): number => Date.now() - session.updatedAt.getTime();

/** Over https a cookie that this very host alone can have set, and that leaves over https alone (RFC 6265bis). */
function cookies(secure: boolean) {
  return {
    cookiePrefix: secure ? '__Host-namesake' : 'namesake',
    // The library's own prefix would be the weaker `__Secure-`.
    useSecureCookies: false,
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
  } as const;
}

/** Lets the server itself start a session for an account whose mailbox was just proven; no route leads here. */
function sessionStart() {
  return {
    id: 'session-start',
    endpoints: {
      startSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ accountId: z.string(), userAgent: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const user = await internalAdapter.findUserById(ctx.body.accountId);
          if (!user) throw new Error('a session needs an account');
          const session = await internalAdapter.createSession(user.id, false, { userAgent: ctx.body.userAgent });
          await setSessionCookie(ctx, { session, user });
          return {};
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

type SessionFound = Awaited<ReturnType<Auth['api']['getSession']>>;

function callerOf(found: NonNullable<SessionFound>): AccountCaller | undefined {
  if (!found.user.emailVerified) return undefined;
  const { id, email, name } = found.user;
  // The library returns our own row, whose columns carry the domain's brands; it types none of its further fields.
  const { language } = found.user as { language?: Language };
  return {
    kind: 'account',
    accountId: id as AccountId,
    email: email as EmailAddress,
    name,
    language: language ?? 'en',
    sessionId: found.session.id as TokenId,
  };
}
