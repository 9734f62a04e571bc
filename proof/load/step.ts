import { percentile } from '../../bench/generator.ts';
import type { Answered, Fate } from './open-loop.ts';

/** How the answers of one kind came out. */
export interface Tally {
  readonly count: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Of those that were done or refused: 50th, 99th, 99.9th percentile and the slowest, in milliseconds. */
  readonly delays: readonly [p50: number, p99: number, p999: number, max: number];
}

/** What one step of the load came to. */
export interface Step {
  /** The load, in percent of capacity. */
  readonly percent: number;
  readonly checks: Tally;
  readonly others: Tally;
  /** Answers that did what was asked, a second: those that came while the step went on, not what was left over for after it. */
  readonly goodput: number;
  /** By how many milliseconds a call was sent too late at most. */
  readonly sentLate: number;
  /** When the last call was due that was turned away, in milliseconds since the step began. */
  readonly lastShedAt: number;
  /** What was broken about the first broken answer. */
  readonly complaint: string | undefined;
}

/** Counts a step's answers as they come: of millions it keeps a number each and no more. */
export class StepCount {
  readonly #percent: number;
  readonly #milliseconds: number;
  readonly #checks = new TallyCount();
  readonly #others = new TallyCount();
  #inTime = 0;
  #sentLate = 0;
  #lastShedAt = 0;
  #complaint: string | undefined;

  constructor(percent: number, milliseconds: number) {
    this.#percent = percent;
    this.#milliseconds = milliseconds;
  }

  readonly note = (one: Answered): void => {
    const { kind, fate, dueAt, took, late, complaint } = one;
    (kind === 'check' ? this.#checks : this.#others).note(fate, took);
    this.#sentLate = Math.max(this.#sentLate, late);
    if (isAnswer(fate) && dueAt + took <= this.#milliseconds) this.#inTime += 1;
    if (fate === 'shed') this.#lastShedAt = Math.max(this.#lastShedAt, dueAt);
    if (fate === 'broken') this.#complaint ??= complaint ?? '';
  };

  get step(): Step {
    return {
      percent: this.#percent,
      checks: this.#checks.tally,
      others: this.#others.tally,
      goodput: this.#inTime / (this.#milliseconds / 1000),
      sentLate: this.#sentLate,
      lastShedAt: this.#lastShedAt,
      complaint: this.#complaint,
    };
  }
}

const isAnswer = (fate: Fate): boolean => fate === 'done' || fate === 'refused';

class TallyCount {
  readonly #fates: Record<Fate, number> = { done: 0, refused: 0, shed: 0, broken: 0 };
  #took = new Float64Array(1024);
  #answers = 0;

  note(fate: Fate, took: number): void {
    this.#fates[fate] += 1;
    if (!isAnswer(fate)) return;
    if (this.#answers === this.#took.length) {
      const larger = new Float64Array(this.#took.length * 2);
      larger.set(this.#took);
      this.#took = larger;
    }
    this.#took[this.#answers] = took;
    this.#answers += 1;
  }

  get tally(): Tally {
    const sorted = this.#took.slice(0, this.#answers).sort();
    const at = (part: number) => Math.round(percentile(sorted, part) * 10) / 10;
    const { done, refused, shed, broken } = this.#fates;
    return {
      count: done + refused + shed + broken,
      fates: { ...this.#fates },
      delays: [at(0.5), at(0.99), at(0.999), at(1)],
    };
  }
}

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

export const countOf = ({ checks, others }: Step): number => checks.count + others.count;

const total = ({ checks, others }: Step, fate: Fate): number => checks.fates[fate] + others.fates[fate];

/** Each promise that was broken. */
export function judgeLoad({ steps, after, capacity }: Judged): string[] {
  return [...steps.flatMap((step) => judgeStep(step, capacity)), ...judgeRecovery(after)];
}

function judgeStep(step: Step, capacity: number): string[] {
  const { percent, checks, goodput } = step;
  const violations = brokenOf(step).map((text) => `${percent} %: ${text}`);
  if (checks.fates.shed > 0) violations.push(`${percent} %: ${checks.fates.shed} checks were turned away`);
  if (checks.fates.refused > 0) violations.push(`${percent} %: ${checks.fates.refused} checks were refused`);
  const shed = total(step, 'shed');
  if (percent <= 50 && shed > countOf(step) * MOST_SHED_AT_HALF) {
    violations.push(`${percent} %: ${shed} of ${countOf(step)} were turned away`);
  }
  if (percent > 100 && goodput < capacity * LEAST_GOODPUT_BEYOND) {
    violations.push(`${percent} %: ${Math.round(goodput)} a second were done, of ${Math.round(capacity)}`);
  }
  return violations;
}

function brokenOf(step: Step): string[] {
  const broken = total(step, 'broken');
  return broken === 0 ? [] : [`${broken} broken answers, such as ${step.complaint}`];
}

function judgeRecovery(after: Step): string[] {
  const took = after.lastShedAt;
  return [
    ...(took > LONGEST_RECOVERY_MILLISECONDS ? [`after the overload something was turned away for ${took} ms`] : []),
    ...brokenOf(after).map((text) => `after the overload: ${text}`),
  ];
}

/** What may be turned away, and left undone at the end, of a load that the server still keeps up with. */
const MOST_SHED_WITHIN = 0.001;
const LEAST_DONE_WITHIN = 0.97;

/** Whether a load of so many calls a second was all done in time. */
export function keptUp(step: Step, perSecond: number): boolean {
  return total(step, 'shed') <= countOf(step) * MOST_SHED_WITHIN && step.goodput >= perSecond * LEAST_DONE_WITHIN;
}
