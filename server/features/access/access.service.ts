import type { EvaluationRequest, EvaluationResponse } from '../../../contract/access.ts';
import { invalidField } from '../../platform/app-error.ts';
import type { ServiceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { checkEntitlement } from '../entitlement/entitlement.service.ts';

/**
 * Answers an access evaluation of an application.
 *
 * @throws AppError `invalidRequest` where the types or the action are none that are answered here, or no team is named.
 */
export async function evaluate(
  ground: Ground,
  { applicationId }: ServiceCaller,
  { subject, action, resource, context }: EvaluationRequest,
): Promise<EvaluationResponse> {
  if (subject.type !== 'account') throw invalidField('subject.type', 'expected account');
  if (action.name !== 'use') throw invalidField('action.name', 'expected use');
  if (resource.type !== 'product') throw invalidField('resource.type', 'expected product');
  const teamId = resource.properties?.team ?? context?.team;
  if (typeof teamId !== 'string') throw invalidField('resource.properties.team', 'expected the id of a team');
  const atLeastRevision = typeof context?.atLeastRevision === 'number' ? context.atLeastRevision : undefined;
  const check = { applicationId, subject: subject.id, product: resource.id, teamId, atLeastRevision };
  const { decision, reason, until, revision } = await checkEntitlement(ground, check);
  return { decision, context: { reason, until, revision } };
}
