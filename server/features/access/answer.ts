import type { EvaluationSemantic } from '../../../contract/access.ts';
import { AppError } from '../../platform/app-error.ts';
import { whenReady } from '../../platform/when-ready.ts';
import type { Evaluations, Question, Reading } from './evaluation-reader.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOfError, outcomeOfFault } from './outcome.ts';
import { appendOutcome, outcomeText } from './outcome-text.ts';
import { Fault } from './request-parts.ts';

/** Asks the licences; at once where they are in memory. */
export type Ask = (question: Question) => Outcome | Promise<Outcome>;

/**
 * Answers a single evaluation (AuthZEN 1.0 section 6.2) as JSON text.
 *
 * @throws AppError `accessRequestInvalid`, and whatever is thrown by the licences.
 */
export function answerEvaluation(ask: Ask, reading: Reading): string | Promise<string> {
  if (reading instanceof Fault) throw refusalOf(reading);
  return 'kind' in reading ? whenReady(ask(reading), outcomeText) : outcomeText(reading);
}

/**
 * Answers many evaluations (AuthZEN 1.0 section 7.2) as JSON text.
 *
 * They depend on nothing and change nothing, so those that wait wait together; where the semantic ends the call early, what
 * comes after is left out of the answer.
 *
 * @throws AppError `accessRequestInvalid` where the whole call is wrong.
 */
export function answerEvaluations(ask: Ask, read: Evaluations | Reading): string | Promise<string> {
  if (!('readings' in read)) return answerEvaluation(ask, read);
  const { readings, semantic } = read;
  const askTogether = waitOnce(ask);
  const done: Outcome[] = [];
  for (const [index, reading] of readings.entries()) {
    const outcome = attempt(askTogether, reading);
    if (outcome instanceof Promise) {
      const rest = readings.slice(index + 1).map((other) => attempt(askTogether, other));
      return Promise.all([...done, outcome, ...rest]).then((all) => textOf(all, semantic));
    }
    done.push(outcome);
    if (endsCall(outcome, semantic)) break;
  }
  return textOf(done, semantic);
}

/** Waits once for a revision of a team, however many ask for it; where it fails, it fails for them all. */
function waitOnce(ask: Ask): Ask {
  let waits: Map<string, Promise<Outcome>> | undefined;
  return (question) => {
    const wait = waits?.get(waitedFor(question));
    if (wait) return wait.then(() => ask(question));
    const outcome = ask(question);
    if (outcome instanceof Promise) {
      waits ??= new Map();
      waits.set(waitedFor(question), outcome);
    }
    return outcome;
  };
}

const waitedFor = ({ teamId, atLeastRevision }: Question): string => `${atLeastRevision} ${teamId}`;

/** The refusal of a whole call. */
export function refusalOf({ path, message }: Fault): AppError {
  return new AppError('accessRequestInvalid', path === '' ? { detail: message } : { fields: [{ path, message }] });
}

/** What one evaluation among others comes to. An error that concerns them all is always a rejected promise. */
function attempt(ask: Ask, reading: Reading): Outcome | Promise<Outcome> {
  if (reading instanceof Fault) return outcomeOfFault(reading);
  if (!('kind' in reading)) return reading;
  try {
    const outcome = ask(reading);
    return outcome instanceof Promise ? outcome.catch(outcomeOfError) : outcome;
  } catch (error) {
    return Promise.reject(error).catch(outcomeOfError);
  }
}

function endsCall({ decision }: Outcome, semantic: EvaluationSemantic): boolean {
  return semantic === (decision ? 'permit_on_first_permit' : 'deny_on_first_deny');
}

function textOf(outcomes: readonly Outcome[], semantic: EvaluationSemantic): string {
  let text = '{"evaluations":[';
  let separator = '';
  for (const outcome of outcomes) {
    text = appendOutcome(text + separator, outcome);
    separator = ',';
    if (endsCall(outcome, semantic)) break;
  }
  return `${text}]}`;
}
