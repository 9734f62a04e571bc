import type { EvaluationSemantic } from '../../../contract/access.ts';
import { evaluationSemantics } from '../../../contract/access.ts';
import type { Outcome } from './outcome.ts';
import { deniedUnasked } from './outcome.ts';
import type { Context, Entity } from './request-parts.ts';
import { Fault, isName, isObject, NO_CONTEXT, noName, readAction, readContext, readEntity } from './request-parts.ts';

/** What an evaluation asks the licences. */
export interface Question {
  readonly kind: 'question';
  /** An account's id or e-mail address. */
  readonly subject: string;
  /** A product's id or key. */
  readonly product: string;
  readonly teamId: string;
  readonly atLeastRevision: number | undefined;
}

/** What was read of an evaluation: a question, a denial that needs no answer, or what is wrong with it. */
export type Reading = Question | Outcome | Fault;

/** Many evaluations of one call. */
export interface Evaluations {
  readonly readings: readonly Reading[];
  readonly semantic: EvaluationSemantic;
}

/** The four parts of an evaluation (AuthZEN 1.0 section 6.1), as far as they were sent. */
export interface Parts {
  readonly subject: Entity | undefined;
  readonly action: string | undefined;
  readonly resource: Entity | undefined;
  readonly context: Context;
}

/** Nothing sent. */
export const NO_PARTS: Parts = { subject: undefined, action: undefined, resource: undefined, context: NO_CONTEXT };
const MOST_EVALUATIONS = 10_000;

/** Reads a single evaluation (AuthZEN 1.0 section 6.1). Members that are not known are passed over. */
export function readEvaluation(value: unknown): Reading {
  const parts = readParts(value, NO_PARTS);
  return parts instanceof Fault ? parts : readingOf(parts);
}

/**
 * Reads many evaluations (AuthZEN 1.0 section 7.1); a single one where `evaluations` is absent or empty.
 *
 * What stands beside them are defaults. An evaluation's own part replaces the default whole, but for `type` and `id`,
 * which it may leave out.
 *
 * @returns A fault where the whole call is wrong; what is wrong with one evaluation stands in its place.
 */
export function readEvaluations(value: unknown): Evaluations | Reading {
  if (!isObject(value)) return new Fault('', 'expected an object');
  const semantic = readSemantic(value.options);
  if (semantic instanceof Fault) return semantic;
  const { evaluations } = value;
  if (evaluations === undefined) return readEvaluation(value);
  if (!Array.isArray(evaluations)) return new Fault('evaluations', 'expected an array');
  if (evaluations.length === 0) return readEvaluation(value);
  if (evaluations.length > MOST_EVALUATIONS) return new Fault('evaluations', `expected at most ${MOST_EVALUATIONS}`);
  const defaults = readParts(value, NO_PARTS);
  if (defaults instanceof Fault) return defaults;
  const readings = evaluations.map((one: unknown) => {
    const parts = readParts(one, defaults);
    return parts instanceof Fault ? parts : readingOf(parts);
  });
  return { readings, semantic };
}

function readSemantic(options: unknown): EvaluationSemantic | Fault {
  if (options === undefined) return 'execute_all';
  if (!isObject(options)) return new Fault('options', 'expected an object');
  const wanted = options.evaluations_semantic ?? 'execute_all';
  const known = evaluationSemantics.find((semantic) => semantic === wanted);
  return known ?? new Fault('options.evaluations_semantic', `expected ${evaluationSemantics.join(', ')}`);
}

/** Reads the parts of an evaluation; those that it leaves out are the defaults. */
export function readParts(value: unknown, defaults: Parts): Parts | Fault {
  if (!isObject(value)) return new Fault('', 'expected an object');
  const subject =
    value.subject === undefined ? defaults.subject : readEntity(value.subject, 'subject', defaults.subject);
  if (subject instanceof Fault) return subject;
  const action = value.action === undefined ? defaults.action : readAction(value.action);
  if (action instanceof Fault) return action;
  const resource =
    value.resource === undefined ? defaults.resource : readEntity(value.resource, 'resource', defaults.resource);
  if (resource instanceof Fault) return resource;
  const context = value.context === undefined ? defaults.context : readContext(value.context);
  if (context instanceof Fault) return context;
  return { subject, action, resource, context };
}

const required = (path: string): Fault => new Fault(path, 'is required');

/** What the parts ask: what is missing is a fault; what is there and unknown is a denial. */
export function readingOf({ subject, action, resource, context }: Parts): Reading {
  if (subject?.type === undefined) return required(subject ? 'subject.type' : 'subject');
  if (subject.id === undefined) return required('subject.id');
  if (action === undefined) return required('action');
  if (resource?.type === undefined) return required(resource ? 'resource.type' : 'resource');
  if (resource.id === undefined) return required('resource.id');
  const unknown = unknownKind(subject.type, action, resource.type);
  if (unknown) return unknown;
  const teamId = resource.team ?? context.team;
  if (teamId === undefined) return deniedUnasked.teamMissing;
  if (!isName(teamId)) return noName(resource.team === undefined ? 'context.team' : 'resource.properties.team');
  const { atLeastRevision } = context;
  return { kind: 'question', subject: subject.id, product: resource.id, teamId, atLeastRevision };
}

/** The denial of what is asked of another kind than accounts that use products. */
function unknownKind(subjectType: string, action: string, resourceType: string): Outcome | undefined {
  if (subjectType !== 'account') return deniedUnasked.subjectTypeUnknown;
  if (action !== 'use') return deniedUnasked.actionUnknown;
  return resourceType === 'product' ? undefined : deniedUnasked.resourceTypeUnknown;
}
