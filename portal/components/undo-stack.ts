/** One step back that is still possible. */
export interface UndoStep {
  readonly message: string;
  /** Does the opposite; may be refused. */
  readonly undo: () => Promise<unknown>;
}

const longest = 20;
let steps: readonly UndoStep[] = [];

/** Remembers a step; the oldest goes when there are too many. */
export function rememberUndo(step: UndoStep): void {
  steps = [...steps, step].slice(-longest);
}

/** Takes a step off the stack, the newest unless told; undefined when it was taken before. */
export function takeUndo(step: UndoStep | undefined = steps.at(-1)): UndoStep | undefined {
  if (!step || !steps.includes(step)) return undefined;
  steps = steps.filter((kept) => kept !== step);
  return step;
}

/** Forgets everything, as when the account changes. */
export function forgetUndo(): void {
  steps = [];
}
