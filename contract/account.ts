import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { emailAddress, emailText, id, language, words } from './shape.ts';

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
    body: z.object({ email: emailText, password: z.string().max(128) }),
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
};
