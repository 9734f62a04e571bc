import type { z } from 'zod';
import type { linkAccount } from '../../../contract/link.ts';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { AccountId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, Nobody } from '../../platform/caller.ts';
import type { Change } from '../../platform/transact.ts';
import { findAccountByEmail, makeUnlessConfirmed } from './account.service.ts';

type LinkAccount = z.infer<typeof linkAccount>;

/** How the bearer of a link stands to the account of the link's address: what they have to do first. */
export async function standingOf(db: Db, email: EmailAddress, caller: AccountCaller | Nobody): Promise<LinkAccount> {
  if (caller.kind === 'account') return { email, state: caller.email === email ? 'signedIn' : 'otherSignedIn' };
  const account = await findAccountByEmail(db, email);
  if (!account) return { email, state: 'none' };
  return { email, state: account.verified ? 'known' : 'unconfirmed' };
}

/** Somebody who presents a link from a mail, and so has proven the mailbox that it went to. */
export interface Bearer {
  readonly email: EmailAddress;
  readonly caller: AccountCaller | Nobody;
  /** Chosen on the first visit. */
  readonly newAccount?:
    | { readonly name: string; readonly language: Language; readonly passwordHash: string }
    | undefined;
}

/**
 * The account with which the bearer of a link goes on, made in this very change where there is none.
 *
 * A confirmed account has to be signed in: having its mailbox is not having its password. A never-confirmed one loses
 * its earlier password and sessions to the one chosen now.
 *
 * @throws AppError `linkOtherAccount`, `linkSignInNeeded`, or `invalidRequest` without the new account that it takes.
 */
export async function provenAccount(change: Change, { email, caller, newAccount }: Bearer): Promise<AccountId> {
  if (caller.kind === 'account') {
    if (caller.email !== email) throw new AppError('linkOtherAccount');
    return caller.accountId;
  }
  if (!newAccount) {
    const account = await findAccountByEmail(change.db, email);
    throw account?.verified
      ? new AppError('linkSignInNeeded')
      : invalidField('account', 'expected a name and a password');
  }
  const { accountId, known } = await makeUnlessConfirmed(change, { ...newAccount, email, verified: true });
  if (known?.verified) throw new AppError('linkSignInNeeded');
  return accountId;
}
