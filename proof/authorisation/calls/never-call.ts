import { isIdText, neverLike } from '../world/never.ts';
import type { Call } from './call.ts';

/** The same call about a thing that never was: what the path names, or else what the body does. */
export function neverCall({ params, body, ...call }: Call): Call {
  if (params) return { ...call, body, params: map(params, never) };
  // A body of names and ids keeps its form.
  return { ...call, ...(isRecord(body) && { body: map(body, never) }) };
}

const never = (value: unknown): unknown => (isIdText(value) && !value.startsWith('prod_') ? neverLike(value) : value);

function map<T extends object>(of: T, change: (value: unknown) => unknown): T {
  // Each value stays of its kind.
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)])) as T;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
