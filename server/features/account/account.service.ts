import type { Account as AccountShape, Me } from '../../../contract/account.ts';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, TokenId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf, systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { agentOf, isStaff } from '../catalogue/catalogue.service.ts';
import { revokeTokensOf } from '../device/device-flow.service.ts';
import { endLink, makeLink } from '../link/link.service.ts';
import { oweNotice } from '../notice/notice.service.ts';
import type { Identity } from './account.identity.ts';
import type { Account } from './account.queries.ts';
import {
  countTeams,
  deleteSessions,
  findAccount,
  findAccountByEmail as findByEmail,
  findCredential,
  holdCredential,
  holdSession,
  insertAccount,
  lockAccountByEmail,
  lockCredential,
  renewHash,
  replacePassword,
  updateAccount,
} from './account.queries.ts';
import { isOutdated } from './password-hash.ts';
import type { PasswordOwner } from './password-rule.ts';
import { isCommonPassword } from './password-rule.ts';

export type { Identity };

const CONFIRMATION_DAYS = 3;
const RESET_DAYS = 1;

export interface SignUp {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
}

/**
 * Asks for an account. The mailbox alone learns whether there is one already.
 *
 * Asking again before the address is confirmed replaces name and password, and ends the earlier link: a link confirms
 * the password that was chosen together with it, never another.
 */
export async function signUp(
  ground: Ground,
  identity: Identity,
  { wanted, repeat }: { wanted: SignUp; repeat: Repeat | undefined },
): Promise<{ email: EmailAddress }> {
  const email = requireEmail(wanted.email);
  const passwordHash = await hashChosenPassword(ground, identity, wanted.password, { email, name: wanted.name });
  return transact(ground, { actor: systemActor, repeat }, async (change) => {
    await askForAccount(change, { email, name: wanted.name, language: wanted.language, passwordHash });
    return { email };
  });
}

async function askForAccount(change: Change, wanted: Omit<NewAccount, 'verified'>): Promise<void> {
  const { accountId, known } = await makeUnlessConfirmed(change, { ...wanted, verified: false });
  if (known?.verified) {
    const { email, language, name } = known;
    const payload = { name, path: '/sign-in' };
    await oweNotice(change, { kind: 'accountExists', to: email, language, payload, subjectId: accountId });
    return;
  }
  const { email, language } = wanted;
  const linkId = await makeLink(change, {
    kind: 'confirmAccount',
    subjectId: accountId,
    email,
    days: CONFIRMATION_DAYS,
  });
  await oweNotice(change, {
    kind: 'accountConfirmation',
    to: email,
    language,
    payload: {},
    linkId,
    subjectId: accountId,
  });
}

export interface NewAccount {
  readonly email: EmailAddress;
  readonly name: string;
  readonly language: Language;
  /** As {@link hashChosenPassword} made it, before the transaction: hashing is slow by design. */
  readonly passwordHash: string;
  /** Whether whoever chose the password has proven the mailbox. */
  readonly verified: boolean;
}

/** Makes an account with its password; fails where the address has one. */
export async function makeAccount(change: Change, wanted: NewAccount): Promise<AccountId> {
  const { accountId, known } = await makeUnlessConfirmed(change, wanted);
  if (known) throw new Error(`${known.id} has that address already`);
  return accountId;
}

/**
 * Makes an account, or takes over one that nobody has confirmed: its earlier password, sessions and links end, for
 * whoever chose them never proved the mailbox. A confirmed account stays as it is.
 */
export async function makeUnlessConfirmed(
  change: Change,
  { passwordHash, ...person }: NewAccount,
): Promise<{ accountId: AccountId; known: Account | undefined }> {
  const id = change.newId('acc');
  const isNew = await insertAccount(change.db, { ...person, id }, change.at);
  const known = isNew ? undefined : await lockAccountByEmail(change.db, person.email);
  if (known?.verified) return { accountId: known.id, known };
  const accountId = known?.id ?? id;
  if (known) await takeOver(change, known, person);
  await setPassword(change, accountId, passwordHash);
  return { accountId, known };
}

async function takeOver(change: Change, { id }: Account, person: Omit<NewAccount, 'passwordHash'>): Promise<void> {
  const { name, language, verified } = person;
  await updateAccount(change.db, id, { name, language, ...(verified && { verified }) }, change.at);
  await endLink(change, 'confirmAccount', id);
  await endLink(change, 'resetPassword', id);
}

/** Sets a password and ends every session; the account's row is locked. @returns The id of the new credential. */
async function setPassword(change: Change, accountId: AccountId, passwordHash: string): Promise<TokenId> {
  const id = change.newId('tok');
  await replacePassword(change.db, { id, accountId, passwordHash, at: change.at });
  await deleteSessions(change.db, accountId);
  return id;
}

/** Judges a password that somebody chooses and hashes it. @throws AppError `passwordTooWeak`. */
export async function hashChosenPassword(
  { settings }: Pick<Ground, 'settings'>,
  identity: Identity,
  password: string,
  owner: PasswordOwner,
): Promise<string> {
  if (isCommonPassword(password, owner, ['namesake', settings.vendorName])) throw new AppError('passwordTooWeak');
  return identity.hashPassword(password);
}

/** A password that was compared and is right. */
export interface RightPassword {
  readonly credentialId: TokenId;
  /** What is said where it is right no more. */
  readonly otherwise: 'wrongCredentials' | 'wrongPassword';
}

/** The account that signs in. An unknown address costs the same work and gets the same answer as a wrong password. */
export async function signIn(
  { db, log }: Ground,
  identity: Identity,
  given: { email: string; password: string; address: string },
): Promise<RightPassword & { account: AccountShape }> {
  const { address } = given;
  const email = parseEmailAddress(given.email);
  if (!email) throw new AppError('wrongCredentials');
  const account = await findByEmail(db, email);
  const credential = account && (await findCredential(db, account.id));
  const isRight = await identity.verifyPassword(credential?.passwordHash, given.password);
  if (!account || !credential || !isRight) {
    log.info('sign-in refused', { accountId: account?.id, address });
    throw new AppError('wrongCredentials');
  }
  if (!account.verified) throw new AppError('accountNotConfirmed');
  log.info('signed in', { accountId: account.id, by: 'password', address });
  await renewIfOutdated(db, identity, { account, earlier: credential.passwordHash, password: given.password });
  return { account: presentAccount(account), credentialId: credential.id, otherwise: 'wrongCredentials' };
}

/** Hashes a password that was right anew, at today's cost; unless it was changed meanwhile. */
async function renewIfOutdated(
  db: Db,
  identity: Identity,
  { account, earlier, password }: { account: Account; earlier: string; password: string },
): Promise<void> {
  if (!isOutdated(earlier)) return;
  await renewHash(db, { accountId: account.id, earlier, passwordHash: await identity.hashPassword(password) });
}

/**
 * Runs what a right password opens, while it is still the account's: one that is changed at that moment ends every session, and
 * would miss the one that begins just then.
 *
 * @throws AppError {@link RightPassword.otherwise} where it has been changed since it was compared.
 */
export async function whileRight<T>({ db }: Ground, right: RightPassword, work: () => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    if (!(await holdCredential(transaction, right.credentialId))) throw new AppError(right.otherwise);
    return work();
  });
}

/**
 * Keeps the caller's session until the change is done: a password that is changed at that moment waits, and then ends what the
 * change has brought about.
 *
 * @throws AppError `notSignedIn` where the session has ended since the request was let in.
 */
export async function requireSession(change: Change, { sessionId }: AccountCaller): Promise<void> {
  if (!(await holdSession(change.db, sessionId))) throw new AppError('notSignedIn');
}

/** @throws AppError `wrongPassword` where it is not the caller's password. */
export async function requirePassword(
  { db }: Ground,
  identity: Identity,
  caller: AccountCaller,
  password: string,
): Promise<RightPassword> {
  const credential = await findCredential(db, caller.accountId);
  const isRight = await identity.verifyPassword(credential?.passwordHash, password);
  if (!credential || !isRight) throw new AppError('wrongPassword');
  return { credentialId: credential.id, otherwise: 'wrongPassword' };
}

/** Sets a new password for whoever knows the present one; every session and every application is signed out. */
export async function changePassword(
  ground: Ground,
  identity: Identity,
  { caller, currentPassword, newPassword }: { caller: AccountCaller; currentPassword: string; newPassword: string },
): Promise<RightPassword> {
  const right = await requirePassword(ground, identity, caller, currentPassword);
  const passwordHash = await hashChosenPassword(ground, identity, newPassword, caller);
  const credentialId = await transact(ground, { actor: actorOf(caller) }, async (change) => {
    const present = await lockCredential(change.db, caller.accountId);
    // Somebody else may have set a new one while these two were hashed.
    if (present?.id !== right.credentialId) throw new AppError('wrongPassword');
    const id = await setPassword(change, caller.accountId, passwordHash);
    await endLink(change, 'resetPassword', caller.accountId);
    await tellPasswordChanged(change, caller);
    await revokeTokensOf(change, caller.accountId);
    return id;
  });
  ground.log.info('password changed', { accountId: caller.accountId, by: 'password' });
  return { credentialId, otherwise: 'wrongPassword' };
}

/** Whoever changed it, the owner hears of it, and is led to where another one is chosen without the present one. */
async function tellPasswordChanged(change: Change, { accountId, email, language }: AccountCaller): Promise<void> {
  const payload = { changedAt: change.at.toISOString(), path: '/forgot' };
  await oweNotice(change, { kind: 'passwordChanged', to: email, language, payload, subjectId: accountId });
}

/** Mails a link to set a new password, if there is an account. */
export async function requestPasswordReset(
  ground: Ground,
  { email: text, repeat }: { email: string; repeat: Repeat | undefined },
): Promise<Record<string, never>> {
  const email = requireEmail(text);
  return transact(ground, { actor: systemActor, repeat }, async (change) => {
    const account = await lockAccountByEmail(change.db, email);
    if (account) await mailResetLink(change, account);
    return {};
  });
}

async function mailResetLink(change: Change, { id, email, language }: Account): Promise<void> {
  const linkId = await makeLink(change, { kind: 'resetPassword', subjectId: id, email, days: RESET_DAYS });
  await oweNotice(change, { kind: 'passwordReset', to: email, language, payload: {}, linkId, subjectId: id });
}

/** The mailbox was proven by the link of this account's sign-up. */
export async function confirmAccount(change: Change, accountId: AccountId): Promise<void> {
  await updateAccount(change.db, accountId, { verified: true }, change.at);
  await endLink(change, 'resetPassword', accountId);
}

/**
 * The mailbox was proven by a link to set a new password, so that a never-confirmed account is confirmed by it too.
 *
 * Whoever got in with the old password is signed out everywhere: of the portal and of every application.
 */
export async function resetPassword(change: Change, accountId: AccountId, passwordHash: string): Promise<void> {
  await updateAccount(change.db, accountId, { verified: true }, change.at);
  await setPassword(change, accountId, passwordHash);
  await endLink(change, 'confirmAccount', accountId);
  await revokeTokensOf(change, accountId);
}

export async function getMe({ db }: Ground, caller: AccountCaller): Promise<Me> {
  const account = await requireAccount(db, caller);
  const partner = await agentOf(db, account.email);
  return {
    account,
    staff: await isStaff(db, account.email),
    agentOf: partner ? { partnerId: partner.partnerId, partnerName: partner.partnerName } : null,
    teamCount: await countTeams(db, caller.accountId),
  };
}

export async function changeMe(
  ground: Ground,
  caller: AccountCaller,
  changes: { name?: string | undefined; language?: Language | undefined },
): Promise<AccountShape> {
  await updateAccount(ground.db, caller.accountId, changes, ground.clock.now());
  return requireAccount(ground.db, caller);
}

/** The account of an address, confirmed or not. */
export async function findAccountByEmail(db: Ground['db'], email: EmailAddress): Promise<Account | undefined> {
  return findByEmail(db, email);
}

/** The name and address of an account that is known to exist. */
export async function getAccount(db: Ground['db'], id: AccountId): Promise<Account> {
  const account = await findAccount(db, id);
  if (!account) throw new Error(`there is no account ${id}`);
  return account;
}

async function requireAccount(db: Ground['db'], caller: AccountCaller): Promise<AccountShape> {
  const account = await findAccount(db, caller.accountId);
  if (!account) throw new AppError('notSignedIn');
  return presentAccount(account);
}

const presentAccount = ({ id, name, email, language }: Account): AccountShape => ({ id, name, email, language });

function requireEmail(text: string): EmailAddress {
  const email = parseEmailAddress(text);
  if (!email) throw invalidField('email', 'expected an e-mail address');
  return email;
}
