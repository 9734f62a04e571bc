import { performance } from 'node:perf_hooks';

const WORK_MICROSECONDS = 100_000;
const MOST_MILLISECONDS = 3000;

/** How many times as long as on a machine of its own this process takes for its work now: 1 where nobody else wants the processor. */
export function slownessOfMachine(): number {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let used = 0;
  while (used < WORK_MICROSECONDS && performance.now() - begun < MOST_MILLISECONDS) {
    for (let turn = 0; turn < 10_000; turn += 1) Math.sqrt(turn);
    used = process.cpuUsage(cpu).user + process.cpuUsage(cpu).system;
  }
  return Math.max(1, ((performance.now() - begun) * 1000) / Math.max(used, 1));
}
