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

  /** The steps of a work that were cut least often, in an order that does not depend on when they were seen. */
  leastCut(work: Work, how: string): string[] {
    const steps = [...(this.#byWork.get(work) ?? [])].sort();
    const counts = steps.map((step) => this.#cut.get(nameOf(work, step, how)) ?? 0);
    const least = Math.min(...counts);
    return steps.filter((_, index) => counts[index] === least);
  }

  noteCut(work: Work, step: string, how: string): void {
    const name = nameOf(work, step, how);
    this.#cut.set(name, (this.#cut.get(name) ?? 0) + 1);
  }

  /** How many steps there are, and how many of them were cut in one way at least. */
  counts(): { known: number; cut: number } {
    const known = this.works().flatMap((work) => [...(this.#byWork.get(work) ?? [])].map((step) => `${work} ${step}`));
    const cut = new Set([...this.#cut.keys()].map((name) => name.slice(name.indexOf(' ') + 1)));
    return { known: known.length, cut: known.filter((step) => cut.has(step)).length };
  }
}

const nameOf = (work: Work, step: string, how: string): string => `${how} ${work} ${step}`;
