import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { emailAddress, emailText, id, language, moment, words } from './shape.ts';

/** A password as people choose it: any characters, 10 to 128 of them (NIST SP 800-63B section 3.1.1.2). */
export const password = z.string().min(10).max(128);

export const account = z
  .object({ id: id('acc'), name: z.string(), email: emailAddress, language })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

/** Who is signed in and what for. */
export const me = z
  .object({
    account,
    staff: z.boolean(),
    agentOf: z.object({ partnerId: id('par'), partnerName: z.string() }).nullable(),
    /** Number of teams in which the account is an accepted member. */
    teamCount: z.int(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

/** A place where an account is signed in: a browser, or an application on a device. */
export const signInPlace = z
  .object({
    id: id('tok'),
    /** The application; null for the portal. */
    applicationName: z.string().nullable(),
    /** What the browser or the device said of itself; not verified. */
    place: z.string().nullable(),
    signedInAt: moment,
    /** To the hour. */
    usedAt: moment.nullable(),
    /** Whether it is the one that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'SignInPlace' });
export type SignInPlace = z.infer<typeof signInPlace>;

/** A password that somebody has already, whatever the rule was when it was chosen. */
const presentPassword = z.string().max(128);

export const accountEndpoints = {
  signUp: endpoint({
    method: 'POST',
    path: '/v1/accounts',
    tag: 'Account',
    summary: 'Asks for an account; the answer is the same whether the address is known or not',
    access: 'public',
    body: z.object({ email: emailText, name: words(120), password, language: language.default('en') }),
    status: 202,
    response: z.object({ email: emailAddress }),
    changes: true,
    codes: ['passwordTooWeak', 'tooManyRequests'],
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/v1/sessions',
    tag: 'Account',
    summary: 'Signs in; the answer sets the session cookie',
    access: 'public',
    body: z.object({ email: emailText, password: presentPassword }),
    response: z.object({ account }),
    codes: ['wrongCredentials', 'accountNotConfirmed', 'tooManyRequests'],
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/v1/sessions/current',
    tag: 'Account',
    summary: 'Ends the session of the caller',
    access: 'public',
    response: z.object({}),
  }),
  requestPasswordReset: endpoint({
    method: 'POST',
    path: '/v1/accounts/password-resets',
    tag: 'Account',
    summary: 'Mails a link to set a new password; the answer is the same whether the address is known or not',
    access: 'public',
    body: z.object({ email: emailText, language: language.default('en') }),
    status: 202,
    response: z.object({}),
    changes: true,
    codes: ['tooManyRequests'],
  }),
  getMe: endpoint({
    method: 'GET',
    path: '/v1/me',
    tag: 'Account',
    summary: 'Tells who is signed in',
    access: 'session',
    response: me,
  }),
  changeMe: endpoint({
    method: 'PATCH',
    path: '/v1/me',
    tag: 'Account',
    summary: 'Changes name or language of the caller',
    access: 'session',
    body: z.object({ name: words(120).optional(), language: language.optional() }),
    response: account,
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/v1/me/password',
    tag: 'Account',
    summary: 'Sets a new password; every other sign-in of the caller ends, and the answer sets a new session cookie',
    access: 'session',
    body: z.object({ currentPassword: presentPassword, newPassword: password }),
    response: z.object({}),
    codes: ['wrongPassword', 'passwordTooWeak', 'tooManyRequests'],
  }),
  listSignIns: endpoint({
    method: 'GET',
    path: '/v1/me/sign-ins',
    tag: 'Account',
    summary: 'Lists where the caller is signed in: browsers, and applications on devices',
    access: 'session',
    response: z.object({ items: z.array(signInPlace) }),
  }),
  endSignIns: endpoint({
    method: 'POST',
    path: '/v1/me/sign-ins/end',
    tag: 'Account',
    summary: 'Ends one sign-in of the caller, or with null every one but this',
    access: 'session',
    body: z.object({ currentPassword: presentPassword, signInId: id('tok').nullable() }),
    response: z.object({ ended: z.int() }),
    codes: ['wrongPassword', 'tooManyRequests'],
  }),
};
