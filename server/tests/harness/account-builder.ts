import assert from 'node:assert/strict';
import type { LinkId } from '../../../domain/id.ts';
import type { TestApp } from './app.ts';
import type { Browser } from './browser.ts';
import { openBrowser } from './browser.ts';

export const PASSWORD = 'violet harbour seldom cup';

/** Asks for an account and leaves its mailbox unproven. */
export async function signUp(app: TestApp, email: string, password = PASSWORD): Promise<void> {
  // Mails are told apart by their moment.
  app.clock.forward({ seconds: 1 });
  await app.anonymous.signUp({ body: { email, name: `Person ${email}`, password } });
}

export interface LinkCall {
  readonly linkId: LinkId;
  readonly body: { readonly secret: string };
}

/** The link of the newest mail to somebody, as the calls that use it take it. */
export async function newestLink(app: TestApp, email: string): Promise<LinkCall> {
  const link = (await app.mailsTo(email)).at(-1)?.link;
  assert.ok(link, `the newest mail to ${email} has a link`);
  return { linkId: link.linkId as LinkId, body: { secret: link.secret } };
}

/** Somebody with a confirmed account and a password, signed in at a browser. */
export async function signedUp(app: TestApp, email: string, password = PASSWORD): Promise<Browser> {
  const browser = openBrowser(app);
  await signUp(app, email, password);
  await browser.confirmAccount(await newestLink(app, email));
  return browser;
}

/** Asks for a new password and answers the link that comes. */
export async function resetLink(app: TestApp, email: string): Promise<LinkCall> {
  app.clock.forward({ seconds: 1 });
  await app.anonymous.requestPasswordReset({ body: { email } });
  return newestLink(app, email);
}
