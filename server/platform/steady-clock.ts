/**
 * Milliseconds that have passed since some fixed moment, never backwards.
 *
 * The monotonic clock stands still while a machine sleeps and the wall clock can be set back, so it grows by whichever
 * of the two moved further.
 */
export function steadyClock(): () => number {
  let wall = Date.now();
  let monotonic = performance.now();
  let total = 0;
  return () => {
    const wallNow = Date.now();
    const monotonicNow = performance.now();
    total += Math.max(wallNow - wall, monotonicNow - monotonic, 0);
    wall = wallNow;
    monotonic = monotonicNow;
    return total;
  };
}
