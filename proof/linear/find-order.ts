/** An operation with the moments of its call and of its answer, by one clock for all who took part. */
export interface Timed {
  readonly call: number;
  readonly done: number;
}

/** Takes back what an operation did to a model. */
export type Undo = () => void;

/** What {@link Model.apply} answers for an operation that fits and changes nothing. */
export const unchanged: Undo = () => {};

/** What one after the other would do: the definition by which a history is judged. */
export interface Model<Op> {
  /** Carries an operation out, where what it answered is what it would answer now; undefined where it is not. */
  apply(op: Op): Undo | undefined;
  /** Two states with one key are the same state. */
  key(): string;
}

/** Whether there is an order, and where the search for one got no further. */
export type Finding<Op> =
  | { readonly found: true; readonly order: readonly Op[] }
  | { readonly found: false; readonly placed: number; readonly stuckBefore: Op };

interface Entry<Op> {
  readonly op: Op;
  readonly at: number;
  /** The other end of the same operation: of a call its answer. */
  answer: Entry<Op> | undefined;
  /** Stands for the operation in a set of them: the set's marks, one upon the other by exclusive or. */
  readonly mark: Mark;
  before: Entry<Op> | undefined;
  after: Entry<Op> | undefined;
}

interface Mark {
  readonly high: number;
  readonly low: number;
}

interface Placed<Op> {
  readonly call: Entry<Op>;
  readonly undo: Undo;
}

/**
 * Looks for an order of the operations that a single hand could have carried out with the same answers, in which each
 * stands between its call and its answer (linearizability, Herlihy and Wing 1990).
 *
 * The search is that of Wing and Gong with Lowe's memory of states that led nowhere. An operation that fits and changes
 * nothing is placed at once and never reconsidered: later it would do no better. When there is an order the model is left
 * in the state that it leads to, otherwise in the one it came in.
 */
export function findOrder<Op extends Timed>(model: Model<Op>, ops: readonly Op[]): Finding<Op> {
  const head = linkedCallsAndAnswers(ops);
  const search: Search<Op> = { model, placed: [], seen: new Set(), marks: { high: 0, low: 0 } };
  let deepest = { placed: -1, stuckBefore: head.op };
  let entry = head.after;
  while (entry) {
    if (entry.answer) {
      entry = place(search, entry) ? head.after : entry.after;
      continue;
    }
    // An answer comes before its operation has found a place: what was placed last was placed wrongly.
    const { length } = search.placed;
    if (length > deepest.placed) deepest = { placed: length, stuckBefore: entry.op };
    const last = takeLastBack(search);
    if (!last) return { found: false, ...deepest };
    entry = last.after;
  }
  return { found: true, order: search.placed.map(({ call }) => call.op) };
}

interface Search<Op> {
  readonly model: Model<Op>;
  readonly placed: Placed<Op>[];
  /** Sets of operations with the states that they led to. */
  readonly seen: Set<string>;
  marks: Mark;
}

/** Places an operation next, where it fits and leads to a state that was not tried. */
function place<Op>(search: Search<Op>, call: Entry<Op>): boolean {
  const undo = search.model.apply(call.op);
  if (!undo) return false;
  const marks = joined(search.marks, call.mark);
  if (undo !== unchanged) {
    const key = `${marks.high} ${marks.low} ${search.model.key()}`;
    if (search.seen.has(key)) {
      undo();
      return false;
    }
    search.seen.add(key);
  }
  search.placed.push({ call, undo });
  search.marks = marks;
  takeOut(call);
  return true;
}

/** Takes back the last operation that changed something, and what was placed after it. */
function takeLastBack<Op>(search: Search<Op>): Entry<Op> | undefined {
  for (let last = search.placed.pop(); last; last = search.placed.pop()) {
    putBack(last.call);
    search.marks = joined(search.marks, last.call.mark);
    last.undo();
    if (last.undo !== unchanged) return last.call;
  }
  return undefined;
}

const joined = (one: Mark, other: Mark): Mark => ({ high: one.high ^ other.high, low: one.low ^ other.low });

/** The finalizer of MurmurHash3: numbers that follow each other become ones that have nothing in common. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Calls and answers in the order of their moments; of two at one moment the call comes first, as they may overlap. */
function linkedCallsAndAnswers<Op extends Timed>(ops: readonly Op[]): Entry<Op> {
  const entries = ops.flatMap((op, index) => {
    const links = {
      op,
      mark: { high: mixed(2 * index + 1), low: mixed(2 * index + 2) },
      before: undefined,
      after: undefined,
    };
    const answer: Entry<Op> = { ...links, at: op.done, answer: undefined };
    const call: Entry<Op> = { ...links, at: op.call, answer };
    return [call, answer];
  });
  entries.sort((one, other) => one.at - other.at || Number(!one.answer) - Number(!other.answer));
  const [first] = ops;
  // The head stands for no operation; nobody looks at its own.
  const head: Entry<Op> = {
    op: first as Op,
    at: 0,
    answer: undefined,
    mark: { high: 0, low: 0 },
    before: undefined,
    after: undefined,
  };
  let previous = head;
  for (const entry of entries) {
    previous.after = entry;
    entry.before = previous;
    previous = entry;
  }
  return head;
}

function takeOut<Op>(call: Entry<Op>): void {
  unlink(call);
  if (call.answer) unlink(call.answer);
}

function putBack<Op>(call: Entry<Op>): void {
  if (call.answer) relink(call.answer);
  relink(call);
}

function unlink<Op>({ before, after }: Entry<Op>): void {
  if (before) before.after = after;
  if (after) after.before = before;
}

function relink<Op>(entry: Entry<Op>): void {
  if (entry.before) entry.before.after = entry;
  if (entry.after) entry.after.before = entry;
}
