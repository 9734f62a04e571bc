import type { ErrorCode } from '../../../contract/error-code.ts';
import { AppError } from '../app-error.ts';

/** What a broken constraint means to the caller whose race lost: the database has the last word on these rules. */
const constraintCodes: Record<string, ErrorCode> = {
  licence_one_per_member: 'alreadyHolds',
  licence_member_of_team: 'memberUnknown',
  holding_one_open: 'holderChanged',
  member_one_address: 'alreadyMember',
  member_one_account: 'alreadyMember',
  member_one_owner: 'ownerCannotLeave',
  member_external_is_plain: 'externalRole',
  order_one_per_offer: 'offerAlreadyOrdered',
  customer_customer_number_key: 'customerNumberTaken',
};

/** PostgreSQL classes and Node codes that mean: the database is away, shutting down, too busy (a statement's time was over) or a standby. */
const UNAVAILABLE = /^(08|57014|57P|53|25P03|25006|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)/;
const UNAVAILABLE_TEXT =
  /Connection terminated|connection has been discarded|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** The expected problem behind an error of the database, or undefined when nobody expected it. */
export function meaningOfDatabaseError(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const meaning = typeof constraint === 'string' ? constraintCodes[constraint] : undefined;
  if (meaning) return new AppError(meaning, { cause: error });
  const unavailable = (typeof code === 'string' && UNAVAILABLE.test(code)) || UNAVAILABLE_TEXT.test(error.message);
  return unavailable ? new AppError('databaseUnavailable', { retryAfterSeconds: 2, cause: error }) : undefined;
}
