import { isOutcomeUnknown } from './api-problem.ts';

/** One try of one action of a person, with the key that makes its repetition harmless. */
export interface Try<Input> {
  readonly input: Input;
  readonly idempotencyKey: string;
}

/**
 * Gives the try its `Idempotency-Key`.
 *
 * Whoever presses the same button again after a lost answer repeats the action and keeps its key; other input, or a button
 * pressed again after a clear answer, is an action of its own.
 */
export function nextTry<Input>(
  input: Input,
  newKey: () => string,
  before?: { try: Try<Input>; error: unknown },
): Try<Input> {
  const repeats =
    before && isOutcomeUnknown(before.error) && JSON.stringify(before.try.input) === JSON.stringify(input);
  return { input, idempotencyKey: repeats ? before.try.idempotencyKey : newKey() };
}
