/** The median, the 99th percentile and the longest of some times, in whole milliseconds, under these names. */
export function timesOf(name: string, milliseconds: readonly number[]): Record<string, number> {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  return {
    [`${name}Count`]: sorted.length,
    [`${name}MedianMilliseconds`]: at(0.5),
    [`${name}P99Milliseconds`]: at(0.99),
    [`${name}MaxMilliseconds`]: at(1),
  };
}
