import { ApiError } from '../../contract/client.ts';
import type { TextId } from '../text/en.ts';

export type ProblemCode = ApiError['code'];

interface ShownProblem {
  code: ProblemCode;
  titleId: TextId;
  wayOutId: TextId;
  fields: readonly { path: string; message: string }[];
}

/** What to show of anything that was thrown; what is no answer of the API counts as our own fault. */
export function shownProblem(error: unknown): ShownProblem {
  const code = problemCode(error);
  const fields = error instanceof ApiError ? (error.problem?.fields ?? []) : [];
  return { code, titleId: `problem.${code}`, wayOutId: `wayOut.${code}`, fields };
}

export function problemCode(error: unknown): ProblemCode {
  return error instanceof ApiError ? error.code : 'internalError';
}

/** Whether the very same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return passing.has(problemCode(error));
}

/**
 * Whether the server may have done what it was asked although no good answer came: to send the same action again is safe with
 * the same `Idempotency-Key` only.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  return outcomeUnknown.has(problemCode(error));
}

const outcomeUnknown: ReadonlySet<ProblemCode> = new Set([
  'offline',
  'databaseUnavailable',
  'internalError',
  'idempotencyInProgress',
]);
const passing: ReadonlySet<ProblemCode> = new Set([...outcomeUnknown, 'tooManyRequests', 'overloaded']);
