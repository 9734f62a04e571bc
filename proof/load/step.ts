import { percentile } from '../../bench/generator.ts';
import type { Answered, Fate } from './open-loop.ts';

/** What one step of the load came to. */
export interface Step {
  /** The load, in percent of capacity. */
  readonly percent: number;
  readonly answered: readonly Answered[];
  readonly milliseconds: number;
}

/** How the answers of one kind came out. */
export interface Tally {
  readonly count: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Of those that were done or refused: 50th, 99th, 99.9th percentile and the slowest, in milliseconds. */
  readonly delays: readonly [p50: number, p99: number, p999: number, max: number];
}

/** What applications ask from memory; everything else goes before it does. */
export const isCheck = ({ kind }: Answered): boolean => kind === 'check';

export function tally(answered: readonly Answered[]): Tally {
  const fates = { done: 0, refused: 0, shed: 0, broken: 0 };
  for (const { fate } of answered) fates[fate] += 1;
  const took = answered
    .filter(({ fate }) => fate === 'done' || fate === 'refused')
    .map((one) => one.took)
    .toSorted((one, other) => one - other);
  const at = (part: number) => Math.round(percentile(took, part) * 10) / 10;
  return { count: answered.length, fates, delays: [at(0.5), at(0.99), at(0.999), at(1)] };
}

/** Answers that did what was asked, a second: those that came while the step went on, not what was left over for after it. */
export const goodput = ({ answered, milliseconds }: Step): number => {
  const { done, refused } = tally(answered.filter(({ dueAt, took }) => dueAt + took <= milliseconds)).fates;
  return (done + refused) / (milliseconds / 1000);
};

/** The promises about load. */
const MOST_SHED_AT_HALF = 0.005;
const LEAST_GOODPUT_BEYOND = 0.7;
const LONGEST_RECOVERY_MILLISECONDS = 10_000;

export interface Judged {
  readonly steps: readonly Step[];
  /** Half of capacity again, right after the last step. */
  readonly after: Step;
  /** What could be done a second. */
  readonly capacity: number;
}

/** Each promise that was broken. */
export function judgeLoad({ steps, after, capacity }: Judged): string[] {
  return [...steps.flatMap((step) => judgeStep(step, capacity)), ...judgeRecovery(after)];
}

function judgeStep(step: Step, capacity: number): string[] {
  const { percent, answered } = step;
  const violations: string[] = [];
  const broken = answered.filter(({ fate }) => fate === 'broken');
  if (broken.length > 0)
    violations.push(`${percent} %: ${broken.length} broken answers, such as ${broken[0]?.complaint}`);
  const checks = tally(answered.filter(isCheck));
  if (checks.fates.shed > 0) violations.push(`${percent} %: ${checks.fates.shed} checks were turned away`);
  if (checks.fates.refused > 0) violations.push(`${percent} %: ${checks.fates.refused} checks were refused`);
  const { shed } = tally(answered).fates;
  if (percent <= 50 && shed > answered.length * MOST_SHED_AT_HALF) {
    violations.push(`${percent} %: ${shed} of ${answered.length} were turned away`);
  }
  if (percent > 100 && goodput(step) < capacity * LEAST_GOODPUT_BEYOND) {
    violations.push(`${percent} %: ${Math.round(goodput(step))} a second were done, of ${Math.round(capacity)}`);
  }
  return violations;
}

/** How long after the overload something was still turned away, in milliseconds. */
export const recoveryOf = ({ answered }: Step): number =>
  answered.filter(({ fate }) => fate === 'shed').reduce((last, { dueAt }) => Math.max(last, dueAt), 0);

function judgeRecovery(after: Step): string[] {
  const took = recoveryOf(after);
  const broken = after.answered.filter(({ fate }) => fate === 'broken');
  return [
    ...(took > LONGEST_RECOVERY_MILLISECONDS ? [`after the overload something was turned away for ${took} ms`] : []),
    ...(broken.length > 0
      ? [`after the overload: ${broken.length} broken answers, such as ${broken[0]?.complaint}`]
      : []),
  ];
}
