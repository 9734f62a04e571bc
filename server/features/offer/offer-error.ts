import type { Refused } from '../../../domain/decision.ts';
import type { AnswerRefusal } from '../../../domain/offer.ts';
import { AppError } from '../../platform/app-error.ts';

/** The problem of an offer that can't be answered, sent or changed so. */
export function offerError({ reason }: Refused<AnswerRefusal>): AppError {
  return new AppError(reason === 'offerChanged' ? 'versionChanged' : reason);
}
