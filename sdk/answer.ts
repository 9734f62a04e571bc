import { NamesakeError } from './namesake-error.ts';

/** A JSON object that nobody has looked into yet. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * Takes a JSON value as an object.
 *
 * @throws NamesakeError `unreadable`
 */
export function readObject(value: unknown): Answer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable('an object');
  // Checked above: what is left is an object with string keys.
  return value as Answer;
}

/**
 * Takes a field as text.
 *
 * @throws NamesakeError `unreadable`
 */
export function readText(answer: Answer, field: string): string {
  const value = answer[field];
  if (typeof value !== 'string') throw unreadable(`text in ${field}`);
  return value;
}

/**
 * Takes a field as a finite number.
 *
 * @throws NamesakeError `unreadable`
 */
export function readNumber(answer: Answer, field: string): number {
  const value = answer[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unreadable(`a number in ${field}`);
  return value;
}

/**
 * Takes JSON text apart.
 *
 * @throws NamesakeError `unreadable`
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NamesakeError('unreadable', { cause });
  }
}

/** The error for an answer that is not what it should be. */
export function unreadable(expected: string): NamesakeError {
  return new NamesakeError('unreadable', { message: `The server's answer was expected to have ${expected}.` });
}
