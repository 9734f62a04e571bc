import type { ServiceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { checkEntitlement } from '../entitlement/entitlement.service.ts';
import type { Ask } from './answer.ts';
import { answerEvaluation, answerEvaluations } from './answer.ts';
import { readEvaluation, readEvaluations } from './evaluation-reader.ts';

/**
 * Answers an application's access evaluation as JSON text.
 *
 * @throws AppError `accessRequestInvalid`, `revisionNotReached`.
 */
export function evaluate(ground: Ground, caller: ServiceCaller, body: unknown): string | Promise<string> {
  return answerEvaluation(askFor(ground, caller), readEvaluation(body));
}

/**
 * Answers many evaluations of one call as JSON text.
 *
 * @throws AppError `accessRequestInvalid` where the whole call is wrong.
 */
export function evaluateAll(ground: Ground, caller: ServiceCaller, body: unknown): string | Promise<string> {
  return answerEvaluations(askFor(ground, caller), readEvaluations(body));
}

function askFor(ground: Ground, { applicationId }: ServiceCaller): Ask {
  return ({ subject, product, teamId, atLeastRevision }) =>
    checkEntitlement(ground, { applicationId, subject, product, teamId, atLeastRevision });
}
