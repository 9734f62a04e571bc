/** How long both clocks are read against the same start; short steps would add up to more time than has passed. */
const STRIDE_MILLISECONDS = 60_000;

/**
 * Milliseconds that have passed since some fixed moment, never backwards.
 *
 * The monotonic clock stands still while a machine sleeps and the wall clock can be set back, so it grows by whichever
 * of the two moved further.
 */
export function steadyClock(read = { wall: () => Date.now(), monotonic: () => performance.now() }): () => number {
  let wall = read.wall();
  let monotonic = read.monotonic();
  let total = 0;
  let told = 0;
  return () => {
    const wallNow = read.wall();
    const passed = Math.max(wallNow - wall, read.monotonic() - monotonic, 0);
    told = Math.max(told, total + passed);
    if (passed >= STRIDE_MILLISECONDS || wallNow < wall) {
      total = told;
      wall = wallNow;
      monotonic = read.monotonic();
    }
    return told;
  };
}
