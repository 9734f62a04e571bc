import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is left in memory after so many calls, once everything that nobody holds is gone. */
export interface Sample {
  readonly calls: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** Each call may leave so much behind: some make teams and accounts, which the server keeps in memory to answer from. */
export const HEAP_BYTES_A_CALL = 100;
const WARM_SHARE = 0.3;
const FEWEST_SAMPLES = 5;

let collect: (() => void) | undefined;

export function takeSample(calls: number): Sample {
  collect ??= collector();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { calls, heapBytes: heapUsed + external, residentBytes: rss };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** By how many bytes the heap grows a call, by least squares over what came after the warm-up; undefined of too few samples. */
export function growthOf(samples: readonly Sample[]): number | undefined {
  const warm = samples.slice(Math.floor(samples.length * WARM_SHARE));
  if (warm.length < FEWEST_SAMPLES) return undefined;
  const mean = (pick: (sample: Sample) => number) => warm.reduce((sum, each) => sum + pick(each), 0) / warm.length;
  const calls = mean((each) => each.calls);
  const heap = mean((each) => each.heapBytes);
  const square = mean((each) => (each.calls - calls) ** 2);
  return mean((each) => (each.calls - calls) * (each.heapBytes - heap)) / square;
}
