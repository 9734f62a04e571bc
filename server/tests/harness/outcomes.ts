import { ApiError } from '../../../contract/client.ts';

/** How many calls ended so: `done`, or the code of the refusal. */
export async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(calls)) {
    const outcome =
      result.status === 'fulfilled' ? 'done' : result.reason instanceof ApiError ? result.reason.code : 'broken';
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
