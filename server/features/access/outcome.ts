import type { AccessReason } from '../../../contract/access.ts';
import { errorCodes } from '../../../contract/error-code.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Fault } from './request-parts.ts';

/** What one evaluation came to; a checked entitlement is one. */
export interface Outcome {
  readonly decision: boolean;
  readonly reason: AccessReason;
  readonly until: CalendarDate | null;
  readonly revision: number | null;
  readonly stale?: { readonly ageSeconds: number };
  /** What is wrong with the evaluation itself, AuthZEN 1.0 section 7.2.1. */
  readonly error?: { readonly status: number; readonly message: string };
}

const denied = (reason: AccessReason): Outcome => ({ decision: false, reason, until: null, revision: null });

/** Denials for which nobody need be asked: the request is well formed and names what does not exist. */
export const deniedUnasked = {
  subjectTypeUnknown: denied('subjectTypeUnknown'),
  actionUnknown: denied('actionUnknown'),
  resourceTypeUnknown: denied('resourceTypeUnknown'),
  teamMissing: denied('teamMissing'),
} as const;

/** The denial of an evaluation among others that is none. */
export function outcomeOfFault({ path, message }: Fault): Outcome {
  return { ...denied('requestInvalid'), error: { status: 400, message: `${path}: ${message}` } };
}

/**
 * The denial of an evaluation among others that could not be answered.
 *
 * @throws whatever is no expected problem: that concerns the whole call.
 */
export function outcomeOfError(error: unknown): Outcome {
  if (!(error instanceof AppError)) throw error;
  const { status, title } = errorCodes[error.code];
  const reason = error.code === 'revisionNotReached' ? 'revisionNotReached' : 'unavailable';
  return { ...denied(reason), error: { status, message: title } };
}
