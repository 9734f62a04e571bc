import type { AccessReason } from '../../../contract/access.ts';
import { accessReason } from '../../../contract/access.ts';
import type { Outcome } from './outcome.ts';
import { reasonTexts } from './text/reason-text.ts';

/** The part of an answer that is the same for every outcome with that reason. */
const contexts = Object.fromEntries(
  accessReason.options.map((reason) => [reason, JSON.stringify({ reason, ...reasonTexts(reason) }).slice(0, -1)]),
) as Record<AccessReason, string>; // the reasons are the enum's own

/**
 * A decision as the JSON text of AuthZEN 1.0 section 5.5, after the text that is there already.
 *
 * It is put together from parts that are ready, because making an object and turning it into text takes longer than deciding.
 * Members without a value are left out.
 */
export function appendOutcome(before: string, { decision, reason, until, revision, stale, error }: Outcome): string {
  let text = before + (decision ? '{"decision":true,"context":' : '{"decision":false,"context":');
  text += contexts[reason];
  if (until !== null) text += `,"until":"${until}"`;
  if (revision !== null) text += `,"revision":${revision}`;
  if (stale) text += `,"stale":true,"ageSeconds":${stale.ageSeconds}`;
  if (error) text += `,"error":${JSON.stringify(error)}`;
  return `${text}}}`;
}

/** A single decision as JSON text. */
export function outcomeText(outcome: Outcome): string {
  return appendOutcome('', outcome);
}
