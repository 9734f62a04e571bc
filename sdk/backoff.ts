/**
 * How long to wait before the next try: full jitter, so that a thousand
 * applications that lost the same server do not come back in the same second.
 *
 * @param failures Tries that failed in a row, from 1.
 * @param random Even chance in 0 to 1.
 * @param baseMs The longest first wait; doubled by each further failure.
 * @param longestMs The longest wait of all.
 */
export function backoffMs(failures: number, random: number, baseMs = 1_000, longestMs = 30_000): number {
  return random * Math.min(longestMs, baseMs * 2 ** (failures - 1));
}
