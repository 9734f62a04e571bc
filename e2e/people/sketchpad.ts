import type { Program } from '../harness/program.ts';

/** A licence that is given or taken is felt within this time. */
const feltWithinMillis = 2_000;

/** Does something in the browser, and expects the running application to print its line at once. */
export async function follows(sketchpad: Program, line: RegExp, act: () => Promise<void>): Promise<void> {
  const from = sketchpad.lineCount;
  await act();
  await sketchpad.line(line, { from, withinMillis: feltWithinMillis });
}
