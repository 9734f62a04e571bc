/** When a lease was issued, should be renewed and ends, in milliseconds since 1970. */
export interface LeaseTimes {
  readonly renewAfter: number;
  readonly expiresAt: number;
}

const firstWithinMs = 5_000;
const overdueWithinMs = 900_000;

/**
 * How long to wait before a lease is renewed.
 *
 * The server has spread `renewAfter` already, but who starts the program after that moment would come at once, and at nine
 * o'clock that is a whole city. So the wait is spread again: over a tenth of what is left, or over a quarter of an hour.
 * Without a lease there is little to lose and little to wait for: the first one comes within seconds.
 *
 * @param now In milliseconds since 1970.
 * @param random Even chance in 0 to 1.
 * @returns Milliseconds.
 */
export function renewalDelayMs(
  lease: LeaseTimes | undefined,
  { now, random }: { readonly now: number; readonly random: number },
): number {
  if (lease === undefined) return random * firstWithinMs;
  const { renewAfter, expiresAt } = lease;
  const leftMs = expiresAt - now;
  if (leftMs <= 0) return random * firstWithinMs;
  if (now < renewAfter) return renewAfter - now + random * 0.1 * (expiresAt - renewAfter);
  return random * Math.min(overdueWithinMs, leftMs / 4);
}
