/** What a transaction is about, as far as the proof wants to break it at each of its steps. */
export type Work =
  | 'offer'
  | 'accept'
  | 'order'
  | 'complete'
  | 'provision'
  | 'notice'
  | 'give'
  | 'take'
  | 'move'
  | 'queue'
  | 'other';

const SIGNS: readonly (readonly [Work, RegExp])[] = [
  ['give', /give_licence\(/],
  ['take', /take_licence\(/],
  ['move', /move_licence\(/],
  ['provision', /insert into "subscription"/],
  ['order', /insert into "order"/],
  ['complete', /insert into "team"/],
  ['offer', /insert into "offer"/],
  ['accept', /update "offer"/],
  ['notice', /"notice"/],
  ['queue', /job\./],
];

/** Tells a transaction by its statements: the sign that says most counts first. */
export function workOf(statements: readonly string[]): Work {
  const found = SIGNS.find(([, sign]) => statements.some((statement) => sign.test(statement)));
  return found?.[0] ?? 'other';
}

/** The steps of each work that were seen: every statement with the work that its transaction turned out to be. */
export class Steps {
  readonly #byWork = new Map<Work, Set<string>>();
  readonly #cut = new Map<string, number>();

  /** A transaction that has come to its end, or a statement that was one by itself. */
  saw(statements: readonly string[]): void {
    const work = workOf(statements);
    const known = this.#byWork.get(work) ?? new Set<string>();
    this.#byWork.set(work, known);
    for (const statement of statements) known.add(statement);
  }

  /** Whether a statement belongs to a work, as far as is known. */
  has(work: Work, statement: string): boolean {
    return this.#byWork.get(work)?.has(statement) ?? false;
  }

  works(): Work[] {
    return [...this.#byWork.keys()].filter((work) => work !== 'other');
  }

  /**
   * The steps of a work that were cut least often, in an order that does not depend on when they were seen; where it decides,
   * of those alone at which what it does becomes lasting.
   */
  leastCut({ work, moment, decides = false }: { work: Work; moment: string; decides?: boolean }): string[] {
    const steps = (decides ? this.decisive(work) : [...(this.#byWork.get(work) ?? [])]).sort();
    const counts = steps.map((step) => this.timesCut(work, step, moment));
    const least = Math.min(...counts);
    return steps.filter((_, index) => counts[index] === least);
  }

  noteCut(work: Work, step: string, moment: string): void {
    const name = nameOf(work, step, moment);
    this.#cut.set(name, (this.#cut.get(name) ?? 0) + 1);
  }

  timesCut(work: Work, step: string, moment: string): number {
    return this.#cut.get(nameOf(work, step, moment)) ?? 0;
  }

  /** The steps of a work at which what it does becomes lasting: the commit, or a statement that is one by itself. */
  decisive(work: Work): string[] {
    return [...(this.#byWork.get(work) ?? [])].filter((step) => DECISIVE.test(step));
  }

  /** How many steps there are in each of the moments, and how many of them were cut. */
  counts(moments: readonly string[]): { known: number; cut: number } {
    const cuts = this.works().flatMap((work) =>
      [...(this.#byWork.get(work) ?? [])].flatMap((step) => moments.map((moment) => this.timesCut(work, step, moment))),
    );
    return { known: cuts.length, cut: cuts.filter((times) => times > 0).length };
  }
}

/** That a mail was taken is written down by itself, and what is done to a licence is one call that commits. */
const DECISIVE = /^(commit$|update "notice"|select (give|take|move)_licence\()/;

const nameOf = (work: Work, step: string, moment: string): string => `${moment} ${work} ${step}`;
