/**
 * The longest time without anything done, in milliseconds, between two moments.
 *
 * @param done When each was done, in any order; what lies outside of the two moments is passed over.
 */
export function longestGap(done: readonly number[], from: number, to: number): number {
  const inside = done.filter((moment) => moment > from && moment < to).toSorted((one, other) => one - other);
  const moments = [from, ...inside, to];
  return Math.max(...moments.slice(1).map((moment, index) => moment - (moments[index] ?? from)));
}

/** The one in the middle; of an even number, the later of both. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** The value that a share of all do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
