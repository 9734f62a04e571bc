import { accountEndpoints } from '../../../contract/account.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { Ground } from '../../platform/ground.ts';
import { createAddressLimit, createRateLimit } from '../../platform/http/rate-limit.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Identity } from './account.identity.ts';
import {
  changeMe,
  changePassword,
  getMe,
  requestPasswordReset,
  requirePassword,
  signIn,
  signUp,
  whileRight,
} from './account.service.ts';
import { createKnownBrowsers } from './known-browser.ts';
import { endSignIns, listSignIns } from './sign-in-place.service.ts';

const QUARTER_HOUR = 900;
const HOUR = 3600;
/** So that the time does not tell whether an address is known. */
const IN_EVEN_TIME = { evenMilliseconds: 500 };

export function accountRoutes(route: Route, ground: Ground, identity: Identity): void {
  signInRoutes(route, ground, identity);
  knownPasswordRoutes(route, ground, identity);
  mailRoutes(route, ground, identity);
  route(accountEndpoints.getMe, ({ caller }) => getMe(ground, caller));
  route(accountEndpoints.changeMe, ({ caller, body }) => changeMe(ground, caller, body));
}

function signInRoutes(route: Route, ground: Ground, identity: Identity): void {
  const triesByName = createRateLimit(ground.clock, { tries: 20, seconds: QUARTER_HOUR });
  const triesByBrowser = createRateLimit(ground.clock, { tries: 20, seconds: QUARTER_HOUR });
  const triesByAddress = createAddressLimit(ground.clock, { tries: 100, seconds: QUARTER_HOUR });
  const browsers = createKnownBrowsers(ground);
  /** A browser that is known for this name has a count of its own: no stranger's tries use it up. */
  const counted = <T>({ typed, address, headers }: Try, work: () => Promise<T>): Promise<T> => {
    const email = parseEmailAddress(typed);
    const known = email && browsers.find(headers, email);
    if (known) return triesByBrowser.takeUnlessDone(known, work);
    return triesByAddress.takeUnlessDone(address, () => triesByName.takeUnlessDone(nameOf(typed), work));
  };

  route(accountEndpoints.signIn, async ({ body, address, headers, setHeader }) => {
    const { account, ...right } = await counted({ typed: body.email, address, headers }, () =>
      signIn(ground, identity, { ...body, address }),
    );
    // A session that was there before ends: the new one shares nothing with it.
    if (headers.has('cookie')) await identity.endSession(headers);
    const cookies = await whileRight(ground, right, () => identity.startSession(account.id, headers));
    for (const cookie of cookies) setHeader('set-cookie', cookie);
    setHeader('set-cookie', browsers.mark(account.email));
    return { account };
  });

  route(accountEndpoints.signOut, async ({ headers, setHeader }) => {
    for (const cookie of await identity.endSession(headers)) setHeader('set-cookie', cookie);
    return {};
  });
}

interface Try {
  /** The address as it was typed. */
  readonly typed: string;
  readonly address: string;
  readonly headers: Headers;
}

/** What tries are counted for: a mailbox can be typed in many ways, and all of them are one. */
const nameOf = (typed: string): string => parseEmailAddress(typed) ?? typed.toLowerCase();

/** What nobody does who merely finds an open page: it takes the password again. */
function knownPasswordRoutes(route: Route, ground: Ground, identity: Identity): void {
  const tries = createRateLimit(ground.clock, { tries: 10, seconds: QUARTER_HOUR });

  route(accountEndpoints.changePassword, async ({ caller, body, headers, setHeader }) => {
    tries.take(caller.accountId);
    const right = await changePassword(ground, identity, { caller, ...body });
    const cookies = await whileRight(ground, right, () => identity.startSession(caller.accountId, headers));
    for (const cookie of cookies) setHeader('set-cookie', cookie);
    return {};
  });

  route(accountEndpoints.listSignIns, async ({ caller, headers }) =>
    listSignIns(ground, caller, await identity.findSessionId(headers)),
  );

  route(accountEndpoints.endSignIns, async ({ caller, body: { currentPassword, signInId }, headers }) => {
    tries.take(caller.accountId);
    await requirePassword(ground, identity, caller, currentPassword);
    return endSignIns(ground, { caller, signInId, current: await identity.findSessionId(headers) });
  });
}

/** What mails a link to an address that anybody may type in. */
function mailRoutes(route: Route, ground: Ground, identity: Identity): void {
  const mailsByName = createRateLimit(ground.clock, { tries: 5, seconds: HOUR });
  const mailsByAddress = createAddressLimit(ground.clock, { tries: 60, seconds: HOUR });
  const takeMail = (address: string, email: string) => {
    mailsByAddress.take(address);
    mailsByName.take(nameOf(email));
  };

  route(
    accountEndpoints.signUp,
    async ({ body, address, repeat }) => {
      takeMail(address, body.email);
      return signUp(ground, identity, { wanted: body, repeat });
    },
    IN_EVEN_TIME,
  );

  route(
    accountEndpoints.requestPasswordReset,
    async ({ body, address, repeat }) => {
      takeMail(address, body.email);
      return requestPasswordReset(ground, { email: body.email, repeat });
    },
    IN_EVEN_TIME,
  );
}
