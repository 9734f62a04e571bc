import { sql } from 'kysely';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, TokenId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';

export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly email: EmailAddress;
  readonly language: Language;
  /** Whether somebody has proven the mailbox; until then nobody can sign in. */
  readonly verified: boolean;
}

const columns = ['id', 'name', 'email', 'language', 'emailVerified as verified'] as const;

/** The provider of passwords that we keep ourselves; foreign identity providers get names of their own. */
const OWN_PROVIDER = 'credential';

export async function findAccountByEmail(db: Db, email: EmailAddress): Promise<Account | undefined> {
  return db.selectFrom('account').select(columns).where('email', '=', email).executeTakeFirst();
}

export async function findAccount(db: Db, id: AccountId): Promise<Account | undefined> {
  return db.selectFrom('account').select(columns).where('id', '=', id).executeTakeFirst();
}

/**
 * Locks the account's row, so that two who prove its mailbox or reset its password at once follow each other. Rows that
 * refer to it can be written meanwhile: a team's change, which waits for none of this, may need to.
 */
export async function lockAccountByEmail(db: Db, email: EmailAddress): Promise<Account | undefined> {
  return db.selectFrom('account').select(columns).where('email', '=', email).forNoKeyUpdate().executeTakeFirst();
}

/**
 * Makes an account, or answers false where the address has one already.
 *
 * Of two sign-ups at once the second waits here for the first, and then finds its account.
 */
export async function insertAccount(db: Db, account: Account, at: Date): Promise<boolean> {
  const { verified, ...columns } = account;
  const inserted = await db
    .insertInto('account')
    .values({ ...columns, emailVerified: verified, image: null, createdAt: at, updatedAt: at })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export interface AccountChanges {
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
  readonly verified?: true;
}

export async function updateAccount(db: Db, id: AccountId, changes: AccountChanges, at: Date): Promise<void> {
  const { verified, ...columns } = changes;
  await db
    .updateTable('account')
    .set({ ...columns, ...(verified && { emailVerified: true }), updatedAt: at })
    .where('id', '=', id)
    .execute();
}

/** A password as it is kept. A new one is another row; a new hash of the same one is not. */
export interface Credential {
  readonly id: TokenId;
  readonly passwordHash: string;
}

export async function findCredential(db: Db, accountId: AccountId): Promise<Credential | undefined> {
  const row = await db
    .selectFrom('credential')
    .select(['id', 'password'])
    .where('accountId', '=', accountId)
    .where('providerId', '=', OWN_PROVIDER)
    .executeTakeFirst();
  // The row has its id from us.
  return row?.password ? { id: row.id as TokenId, passwordHash: row.password } : undefined;
}

/**
 * {@link findCredential} with the account's row locked: of two who set a password at once, the second finds what the first has
 * set.
 */
export async function lockCredential(db: Db, accountId: AccountId): Promise<Credential | undefined> {
  await db.selectFrom('account').select('id').where('id', '=', accountId).forNoKeyUpdate().execute();
  return findCredential(db, accountId);
}

/**
 * Keeps a password where it is until the transaction ends; false where another one has been set. Whoever sets one waits, and
 * ends the sessions that were begun meanwhile.
 */
export async function holdCredential(db: Db, id: TokenId): Promise<boolean> {
  const row = await db.selectFrom('credential').select('id').where('id', '=', id).forShare().executeTakeFirst();
  return row !== undefined;
}

export interface NewPassword {
  readonly id: TokenId;
  readonly accountId: AccountId;
  readonly passwordHash: string;
  readonly at: Date;
}

/** Sets the account's password; an earlier one is gone. */
export async function replacePassword(db: Db, { id, accountId, passwordHash, at }: NewPassword): Promise<void> {
  await db.deleteFrom('credential').where('accountId', '=', accountId).where('providerId', '=', OWN_PROVIDER).execute();
  await db
    .insertInto('credential')
    .values({
      id,
      accountId,
      providerId: OWN_PROVIDER,
      providerAccountId: accountId,
      password: passwordHash,
      createdAt: at,
      updatedAt: at,
    })
    .execute();
}

/** Puts a new hash of the same password in the place of an earlier one, if that one is still there. */
export async function renewHash(
  db: Db,
  { accountId, earlier, passwordHash }: { accountId: AccountId; earlier: string; passwordHash: string },
): Promise<void> {
  await db
    .updateTable('credential')
    .set({ password: passwordHash })
    .where('accountId', '=', accountId)
    .where('providerId', '=', OWN_PROVIDER)
    .where('password', '=', earlier)
    .execute();
}

/** Ends every session of an account. @returns How many ended. */
export async function deleteSessions(db: Db, accountId: AccountId): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('session').where('accountId', '=', accountId).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Keeps a session from ending until the transaction does; false where it has ended. */
export async function holdSession(db: Db, id: TokenId): Promise<boolean> {
  const row = await db.selectFrom('session').select('id').where('id', '=', id).forKeyShare().executeTakeFirst();
  return row !== undefined;
}

/** The accounts that are signed in anywhere, always in the same order. */
export async function listSignedIn(db: Db): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('session')
    .select('accountId')
    .union(db.selectFrom('deviceToken').select('accountId').where('revokedAt', 'is', null))
    .union(
      db
        .selectFrom('deviceRequest')
        .select('accountId')
        .where('state', '=', 'approved')
        .where('accountId', 'is not', null)
        .$narrowType<{ accountId: AccountId }>(),
    )
    .orderBy('accountId')
    .execute();
  return rows.map(({ accountId }) => accountId);
}

export async function deleteSession(db: Db, id: TokenId): Promise<void> {
  await db.deleteFrom('session').where('id', '=', id).execute();
}

export async function markSessionUsed(db: Db, id: TokenId, at: Date): Promise<void> {
  await db.updateTable('session').set({ updatedAt: at }).where('id', '=', id).execute();
}

/** After so long without use a session has ended. */
export const SESSION_REST_DAYS = 7;

/** Whether a session goes on; by the database's clock, as the library tells the time itself. */
const goesOn = sql<boolean>`
  (session.expires_at > now() and session.updated_at >= now() - make_interval(days => ${SESSION_REST_DAYS}))`;

/** Deletes the sessions that have ended: nobody presents their cookies any more. */
export async function deleteEndedSessions(db: Db): Promise<void> {
  await db.deleteFrom('session').where(sql<boolean>`not ${goesOn}`).execute();
}

export interface SessionRow {
  readonly id: TokenId;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The sessions of an account that go on, the newest first. */
export async function listSessions(db: Db, accountId: AccountId): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'userAgent', 'createdAt', 'updatedAt'])
    .where('accountId', '=', accountId)
    .where(goesOn)
    .orderBy('createdAt', 'desc')
    .execute();
  // The library asks us for its ids: they are ours.
  return rows.map((row) => ({ ...row, id: row.id as TokenId }));
}

/** Ends one session of an account. @returns How many ended. */
export async function deleteSessionOf(db: Db, accountId: AccountId, id: TokenId): Promise<number> {
  const mine = db.deleteFrom('session').where('accountId', '=', accountId);
  return Number((await mine.where('id', '=', id).executeTakeFirst()).numDeletedRows);
}

/** Ends every session of an account but one. @returns How many ended. */
export async function deleteOtherSessions(db: Db, accountId: AccountId, kept: TokenId): Promise<number> {
  const mine = db.deleteFrom('session').where('accountId', '=', accountId);
  return Number((await mine.where('id', '<>', kept).executeTakeFirst()).numDeletedRows);
}

export async function countTeams(db: Db, accountId: AccountId): Promise<number> {
  const { count } = await db
    .selectFrom('member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('accountId', '=', accountId)
    .where('state', '=', 'accepted')
    .executeTakeFirstOrThrow();
  return count;
}
