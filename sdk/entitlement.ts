import { readNumber, readObject, readText, unreadable } from './answer.ts';

/** Whom a token belongs to. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A team of the account. */
export interface Team {
  readonly id: string;
  readonly name: string;
}

/** The server's answer to "may this account use this product in this team now?", with its reason. */
export interface Entitlement {
  readonly teamId: string;
  readonly teamName: string;
  readonly productId: string;
  readonly productKey: string;
  readonly productName: string;
  readonly decision: boolean;
  readonly reason: string;
  /** The last calendar date (ISO 8601) on which it works without a renewal; null when it does not work. */
  readonly until: string | null;
  /** The number of the team's newest event. Numbers of different teams cannot be compared. */
  readonly revision: number;
}

/** All that the server says about an account and its products. */
export interface AccountEntitlements {
  readonly account: Account;
  readonly items: readonly Entitlement[];
}

/**
 * Reads one entitlement from JSON. Fields that it does not know are left out.
 *
 * @throws NamesakeError `unreadable`
 */
export function readEntitlement(value: unknown): Entitlement {
  const answer = readObject(value);
  if (typeof answer.decision !== 'boolean') throw unreadable('true or false in decision');
  return {
    teamId: readText(answer, 'teamId'),
    teamName: readText(answer, 'teamName'),
    productId: readText(answer, 'productId'),
    productKey: readText(answer, 'productKey'),
    productName: readText(answer, 'productName'),
    decision: answer.decision,
    reason: readText(answer, 'reason'),
    until: answer.until == null ? null : readText(answer, 'until'),
    revision: readNumber(answer, 'revision'),
  };
}

/**
 * Reads the answer of `GET /v1/me/entitlements`.
 *
 * @throws NamesakeError `unreadable`
 */
export function readAccountEntitlements(value: unknown): AccountEntitlements {
  const answer = readObject(value);
  if (!Array.isArray(answer.items)) throw unreadable('a list in items');
  const account = readObject(answer.account);
  return {
    account: { id: readText(account, 'id'), name: readText(account, 'name'), email: readText(account, 'email') },
    items: answer.items.map(readEntitlement),
  };
}
