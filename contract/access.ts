import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { entitlementReason } from './entitlement.ts';
import { calendarDate } from './shape.ts';

/** An entity as AuthZEN 1.0 section 5 describes it. */
const entity = z.object({
  type: z.string().min(1).max(100),
  id: z.string().min(1).max(254),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/**
 * An access evaluation request, AuthZEN Authorization API 1.0 section 6.1: subject `account` (by id or e-mail address),
 * action `use`, resource `product` (by key or id) with the team in `properties.team`.
 */
export const evaluationRequest = z
  .object({
    subject: entity,
    action: z.object({ name: z.string().min(1).max(100), properties: z.record(z.string(), z.unknown()).optional() }),
    resource: entity,
    context: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'EvaluationRequest' });
export type EvaluationRequest = z.infer<typeof evaluationRequest>;

export const evaluationResponse = z
  .object({
    decision: z.boolean(),
    context: z.object({
      reason: z.enum([...entitlementReason.options, 'unavailable']),
      until: calendarDate.nullable(),
      revision: z.int().nullable(),
    }),
  })
  .meta({ id: 'EvaluationResponse' });
export type EvaluationResponse = z.infer<typeof evaluationResponse>;

export const accessEndpoints = {
  evaluate: endpoint({
    method: 'POST',
    path: '/access/v1/evaluation',
    tag: 'Access',
    summary: 'AuthZEN: may this account use this product in this team?',
    access: 'service',
    body: evaluationRequest,
    response: evaluationResponse,
    codes: ['applicationUnknown', 'malformedJson', 'invalidRequest', 'revisionNotReached'],
  }),
};
