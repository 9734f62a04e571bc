import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { entitlementReason } from './entitlement.ts';
import { calendarDate } from './shape.ts';

// The wire of the OpenID AuthZEN Authorization API 1.0: names with underscores are the standard's.

/** A subject or resource, section 5: an account by id or e-mail address, a product by id or key. */
const entity = z.object({
  type: z.string(),
  id: z.string(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
/** An entity whose id is what a search looks for. */
const soughtEntity = entity.partial({ id: true });
const action = z.object({ name: z.string(), properties: z.record(z.string(), z.unknown()).optional() });

const requestContext = z
  .looseObject({
    team: z.string().optional().describe('The team, where the resource does not name one in its properties.'),
    atLeastRevision: z.int().min(0).optional().describe("The team's revision that the answer must at least stand at."),
  })
  .meta({ id: 'AccessRequestContext' });

/** An access evaluation request, section 6.1. The team stands in `resource.properties.team` or in `context.team`. */
export const evaluationRequest = z
  .object({ subject: entity, action, resource: entity, context: requestContext.optional() })
  .meta({ id: 'EvaluationRequest' });

/** Why an evaluation was denied before anybody was asked: what the request itself says. */
export const accessReasons = [
  'subjectTypeUnknown',
  'actionUnknown',
  'resourceTypeUnknown',
  'teamMissing',
  'requestInvalid',
  'revisionNotReached',
  'unavailable',
] as const;
export const accessReason = z.enum([...entitlementReason.options, ...accessReasons]);
export type AccessReason = z.infer<typeof accessReason>;

const reasonText = z.record(z.string(), z.string());

/** What a decision says besides yes or no, section 5.5.1. Members without a value are left out. */
const decisionContext = z
  .object({
    reason: accessReason,
    reason_user: reasonText.optional().describe('What the person can do, by language.'),
    reason_admin: reasonText.optional().describe('What whoever runs team or application can do, by language.'),
    until: calendarDate.optional().describe('Last calendar date on which it works without a renewal.'),
    revision: z.int().optional().describe("The team's revision that the answer stands at."),
    stale: z.literal(true).optional().describe('The database is away; this is the last that was known.'),
    ageSeconds: z.number().min(0).optional().describe('How old what is stale is.'),
    error: z
      .object({ status: z.int(), message: z.string() })
      .optional()
      .describe('What is wrong with this evaluation.'),
  })
  .meta({ id: 'DecisionContext' });

export const evaluationResponse = z
  .object({ decision: z.boolean(), context: decisionContext })
  .meta({ id: 'EvaluationResponse' });

export const evaluationSemantics = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;
export type EvaluationSemantic = (typeof evaluationSemantics)[number];

/** Many evaluations, section 7.1; what stands beside them is the default of each. */
export const evaluationsRequest = z
  .object({
    subject: entity.partial().optional(),
    action: action.optional(),
    resource: entity.partial().optional(),
    context: requestContext.optional(),
    evaluations: z
      .array(
        z.object({
          subject: entity.partial().optional(),
          action: action.optional(),
          resource: entity.partial().optional(),
          context: requestContext.optional(),
        }),
      )
      .max(10_000)
      .optional(),
    options: z.looseObject({ evaluations_semantic: z.enum(evaluationSemantics).optional() }).optional(),
  })
  .meta({ id: 'EvaluationsRequest' });

/** The decisions in the order of the evaluations; a single one where no evaluations were sent, section 7.1. */
export const evaluationsResponse = z.union([
  z.object({ evaluations: z.array(evaluationResponse) }),
  evaluationResponse,
]);

/** A part of what was found, section 8.2.1: `token` is the `next_token` of the page before. */
const searchPage = z.object({ token: z.string().optional(), limit: z.int().min(0).optional() });

const subjectSearchRequest = z
  .object({
    subject: soughtEntity,
    action,
    resource: entity,
    context: requestContext.optional(),
    page: searchPage.optional(),
  })
  .meta({ id: 'SubjectSearchRequest' });

const resourceSearchRequest = z
  .object({
    subject: entity,
    action,
    resource: soughtEntity,
    context: requestContext.optional(),
    page: searchPage.optional(),
  })
  .meta({ id: 'ResourceSearchRequest' });

const actionSearchRequest = z
  .object({ subject: entity, resource: entity, context: requestContext.optional(), page: searchPage.optional() })
  .meta({ id: 'ActionSearchRequest' });

/** Why a search found nothing, or which revision of the team it saw. */
const searchContext = decisionContext.partial({ reason: true });

/** What a search found, section 8.3. `next_token` is empty on the last page. */
function searchResponse<T extends z.ZodType>(result: T) {
  return z.object({
    page: z.object({ next_token: z.string(), count: z.int() }),
    context: searchContext.optional(),
    results: z.array(result),
  });
}

export const foundSubject = z.object({ type: z.literal('account'), id: z.string() });
export const foundResource = z.object({
  type: z.literal('product'),
  id: z.string(),
  properties: z.object({ team: z.string(), key: z.string(), until: calendarDate }),
});
export const foundAction = z.object({ name: z.literal('use') });

/** Where everything is, section 9.1. */
export const accessConfiguration = z
  .object({
    policy_decision_point: z.url(),
    access_evaluation_endpoint: z.url(),
    access_evaluations_endpoint: z.url(),
    search_subject_endpoint: z.url(),
    search_resource_endpoint: z.url(),
    search_action_endpoint: z.url(),
    signed_metadata: z.string().optional().describe('The same as a JWT, signed with a key of /.well-known/jwks.json.'),
  })
  .meta({ id: 'AccessConfiguration' });
export type AccessConfiguration = z.infer<typeof accessConfiguration>;

const asked = { method: 'POST', tag: 'Access', access: 'service', lean: true } as const;

export const accessEndpoints = {
  evaluate: endpoint({
    ...asked,
    path: '/access/v1/evaluation',
    summary: 'AuthZEN: may this account use this product in this team?',
    body: evaluationRequest,
    response: evaluationResponse,
    codes: ['accessRequestInvalid', 'revisionNotReached'],
  }),
  evaluateAll: endpoint({
    ...asked,
    path: '/access/v1/evaluations',
    summary: 'AuthZEN: up to 10,000 evaluations in one call',
    body: evaluationsRequest,
    response: evaluationsResponse,
    codes: ['accessRequestInvalid', 'revisionNotReached'],
  }),
  searchSubjects: endpoint({
    ...asked,
    path: '/access/v1/search/subject',
    summary: 'AuthZEN: which accounts may use this product in this team?',
    body: subjectSearchRequest,
    response: searchResponse(foundSubject),
    codes: ['accessRequestInvalid', 'revisionNotReached'],
  }),
  searchResources: endpoint({
    ...asked,
    path: '/access/v1/search/resource',
    summary: 'AuthZEN: which products may this account use, in which teams?',
    body: resourceSearchRequest,
    response: searchResponse(foundResource),
    codes: ['accessRequestInvalid', 'revisionNotReached'],
  }),
  searchActions: endpoint({
    ...asked,
    path: '/access/v1/search/action',
    summary: 'AuthZEN: what may this account do with this product in this team?',
    body: actionSearchRequest,
    response: searchResponse(foundAction),
    codes: ['accessRequestInvalid', 'revisionNotReached'],
  }),
  getAccessConfiguration: endpoint({
    method: 'GET',
    path: '/.well-known/authzen-configuration',
    tag: 'Access',
    summary: 'AuthZEN: where the decision point answers what',
    access: 'public',
    response: accessConfiguration,
  }),
};
