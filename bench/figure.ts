/** One figure of a bench: a rate or time against its baseline in the same run. */
export interface Figure {
  readonly name: string;
  /** Median over the rounds, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** Median of what it is compared with, in the same unit. */
  readonly baseline: number;
  /** Median of the rounds' own ratios, value to baseline. */
  readonly ratio: number;
  /** The lowest and the highest of these ratios. */
  readonly spread: readonly [number, number];
  /** The ratio that is wanted, at least or at most; null where the figure is only reported. */
  readonly goal: number | null;
  /** Whether more is better, as with a rate, or less, as with a time. */
  readonly better: 'more' | 'less';
  /** Null where there is no goal. */
  readonly pass: boolean | null;
}

export interface Round {
  readonly value: number;
  readonly baseline: number;
}

/** Sums rounds up. Each round measured both sides one after the other, so its ratio holds when the machine drifts. */
export function figureOf(
  name: string,
  unit: string,
  rounds: readonly Round[],
  goal: number | null,
  better: Figure['better'] = 'more',
): Figure {
  const ratios = rounds.map(({ value, baseline }) => value / baseline);
  const ratio = median(ratios);
  return {
    name,
    value: Math.round(median(rounds.map(({ value }) => value))),
    unit,
    baseline: Math.round(median(rounds.map(({ baseline }) => baseline))),
    ratio: round(ratio),
    spread: [round(Math.min(...ratios)), round(Math.max(...ratios))],
    goal,
    better,
    pass: goal === null ? null : better === 'more' ? ratio >= goal : ratio <= goal,
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}

/** One line for people. */
export function describeFigure({ name, value, unit, baseline, ratio, spread, goal, better, pass }: Figure): string {
  const verdict =
    goal === null ? 'reported' : `goal ${better === 'more' ? '>=' : '<='} ${goal}, ${pass ? 'met' : 'missed'}`;
  return `${name}: ${value} ${unit} against ${baseline}, ratio ${ratio} (${spread[0]} to ${spread[1]}), ${verdict}`;
}
