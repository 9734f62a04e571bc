import type { Language } from '../../contract/shape.ts';
import type { EmailAddress } from '../../domain/email-address.ts';
import type { EventActor } from '../../domain/event.ts';
import type { AccountId, ApplicationId, TokenId } from '../../domain/id.ts';

/** Somebody signed in to the portal. */
export interface AccountCaller {
  readonly kind: 'account';
  readonly accountId: AccountId;
  readonly email: EmailAddress;
  readonly name: string;
  readonly language: Language;
  /** The browser's session by which it asks. */
  readonly sessionId: TokenId;
}

/** An application that an account signed in to by the device flow; it serves that account's own entitlement only. */
export interface DeviceCaller {
  readonly kind: 'device';
  readonly accountId: AccountId;
  readonly applicationId: ApplicationId;
  readonly tokenId: TokenId;
}

/** An application with its service key. */
export interface ServiceCaller {
  readonly kind: 'service';
  readonly applicationId: ApplicationId;
}

export interface Nobody {
  readonly kind: 'nobody';
}

export type Caller = AccountCaller | DeviceCaller | ServiceCaller | Nobody;

/** How a change was asked for: its key for repeats, with the hash of what was asked. */
export interface Repeat {
  /** Whose keys these are: an account, a link, an address. */
  readonly scope: string;
  readonly key: string;
  readonly hash: Buffer;
}

/** The account that asks, as the record of events names it. */
export function actorOf(caller: AccountCaller): EventActor {
  return { kind: 'account', id: caller.accountId };
}

/** The passing of time, or the vendor's command line. */
export const systemActor: EventActor = { kind: 'system', id: 'system' };
