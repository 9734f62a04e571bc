import type { Auth, BetterAuthOptions, BetterAuthPlugin } from 'better-auth';
import { betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { AccountId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { NewId } from '../../platform/ids.ts';

/** Passwords and sessions, as the identity library keeps them. Accounts themselves are rows of ours. */
export interface Identity {
  /** Hashes a password for {@link verifyPassword}; slow by design (scrypt). */
  hashPassword(password: string): Promise<string>;
  /** Whether it is the password of a hash; without a hash the same work is done, and the answer is no. */
  verifyPassword(hash: string | undefined, password: string): Promise<boolean>;
  /** Starts a session and answers the `Set-Cookie` values that carry it. */
  startSession(accountId: AccountId): Promise<string[]>;
  /** Ends the session of a request and answers the `Set-Cookie` values that clear it. */
  endSession(headers: Headers): Promise<string[]>;
  findSession(headers: Headers): Promise<AccountCaller | undefined>;
}

export interface IdentityOptions {
  readonly db: Db;
  readonly newId: NewId;
  readonly publicUrl: string;
  readonly secret: string;
}

/** Then somebody signs in again, busy or not: a session that grows by itself would have to rewrite its cookie. */
const SESSION_SECONDS = 30 * 86_400;
/** In the form of the library's hashes (salt and key), so that comparing with it takes as long. */
const HASH_OF_NOTHING = `${'0'.repeat(32)}:${'0'.repeat(128)}`;

export function createIdentity(options: IdentityOptions): Identity {
  const auth = betterAuth({ ...settings(options), plugins: [sessionStart()] });
  return {
    async hashPassword(password) {
      return (await auth.$context).password.hash(password);
    },
    async verifyPassword(hash, password) {
      const right = await (await auth.$context).password.verify({ hash: hash ?? HASH_OF_NOTHING, password });
      return right && hash !== undefined;
    },
    async startSession(accountId) {
      const { headers } = await told(auth.api.startSession({ body: { accountId }, returnHeaders: true }));
      return headers.getSetCookie();
    },
    async endSession(headers) {
      const answer = await told(auth.api.signOut({ headers, returnHeaders: true }));
      return answer.headers.getSetCookie();
    },
    findSession: async (headers) =>
      headers.has('cookie') ? callerOf(await told(auth.api.getSession({ headers }))) : undefined,
  };
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
      cookiePrefix: 'namesake',
      useSecureCookies: publicUrl.startsWith('https:'),
      database: { generateId: () => newId('tok'), validateSchema: false },
    },
  } satisfies BetterAuthOptions;
}

/** Lets the server itself start a session for an account whose mailbox was just proven; no route leads here. */
function sessionStart() {
  return {
    id: 'session-start',
    endpoints: {
      startSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ accountId: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const user = await internalAdapter.findUserById(ctx.body.accountId);
          if (!user) throw new Error('a session needs an account');
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return {};
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

type SessionFound = Awaited<ReturnType<Auth['api']['getSession']>>;

function callerOf(found: SessionFound): AccountCaller | undefined {
  if (!found?.user.emailVerified) return undefined;
  const { id, email, name } = found.user;
  // The library returns our own row, whose columns carry the domain's brands; it types none of its further fields.
  const { language } = found.user as { language?: Language };
  return {
    kind: 'account',
    accountId: id as AccountId,
    email: email as EmailAddress,
    name,
    language: language ?? 'en',
  };
}
