import type { ErrorCode } from '../../contract/error-code.ts';
import { errorCodes } from '../../contract/error-code.ts';
import type { Problem } from '../../contract/problem.ts';
import type { RefusedReason } from '../../domain/entitlement.ts';

export interface ProblemDetails {
  /** Says more than the code, in ids and numbers; never names or addresses. */
  readonly detail?: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  /** Why an account is not entitled. */
  readonly reason?: RefusedReason;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The one error that a service throws for an expected "no"; it becomes a problem answer (RFC 9457). */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ProblemDetails;

  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    super(details.detail ?? errorCodes[code].title, { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

/** A field of the request that breaks a rule which its schema cannot say. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('invalidRequest', { fields: [{ path, message }] });
}

/** The problem document of an error. */
export function problemOf({ code, details }: AppError): Problem {
  const { status, title } = errorCodes[code];
  return {
    type: `urn:namesake:problem:${code}`,
    title,
    status,
    code,
    ...(details.detail !== undefined && { detail: details.detail }),
    ...(details.fields && { fields: [...details.fields] }),
    ...(details.reason && { reason: details.reason }),
    ...(details.retryAfterSeconds !== undefined && { retryAfterSeconds: details.retryAfterSeconds }),
  };
}
