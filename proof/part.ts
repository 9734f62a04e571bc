/** What one part of the proof is asked to do. */
export interface ProofOptions {
  /** How long it goes on, at least; a round that has begun is ended. */
  readonly seconds: number;
  /** From which everything that is left to chance follows: the same seed asks for the same operations. */
  readonly seed: number;
  /** Tells whoever watches; the report itself is what `run` returns. */
  readonly say: (line: string) => void;
}

/** What a part did and saw. */
export interface ProofOutcome {
  /** How many things it did to the product: operations, calls, requests. */
  readonly operations: number;
  /** How many things it broke on purpose: kills, cut connections, full disks. */
  readonly faults: number;
  /** Each promise that was broken, in words that let somebody find it again. Empty where all held. */
  readonly violations: readonly string[];
  /** Counts, times in the unit that the name ends with, and what they were measured on. */
  readonly figures: Readonly<Record<string, number | string>>;
}

/** A part of the proof, in `proof/<name>/part.ts` as `part`. */
export interface ProofPart {
  readonly name: string;
  /** One sentence for `--help`. */
  readonly about: string;
  /** How long it runs where nobody says, and in CI. */
  readonly shortSeconds: number;
  run(options: ProofOptions): Promise<ProofOutcome>;
}

/** The line that a part ends with. */
export interface ProofReport {
  readonly name: string;
  readonly operations: number;
  readonly faults: number;
  readonly violations: number;
  readonly figures: ProofOutcome['figures'];
  readonly seed: number;
  readonly pass: boolean;
}

/** Sums a part's outcome up. A part that did nothing proves nothing, and does not pass. */
export function reportOf(name: string, seed: number, outcome: ProofOutcome): ProofReport {
  const { operations, faults, violations, figures } = outcome;
  const pass = violations.length === 0 && operations > 0;
  return { name, operations, faults, violations: violations.length, figures, seed, pass };
}
