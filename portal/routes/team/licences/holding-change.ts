import type { Holdings } from './holding.ts';

export type HeldAs = 'none' | 'held' | 'reserved';

/** One cell that is not as it was. */
export interface CellChange {
  readonly key: string;
  readonly before: HeldAs;
  readonly after: HeldAs;
}

/** How a person stands to a product. */
export function heldAs(holdings: Holdings, key: string): HeldAs {
  const state = holdings.get(key)?.licence.state;
  return state === 'held' || state === 'reserved' ? state : 'none';
}

/** The cells in which two readings differ. */
export function changedCells(before: Holdings, after: Holdings): CellChange[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .map((key) => ({ key, before: heldAs(before, key), after: heldAs(after, key) }))
    .filter((change) => change.before !== change.after);
}

/**
 * Leaves out what this page did itself.
 *
 * @param own What each cell became, or is about to become, by this page's own commands; entries that somebody
 *   else has overruled are forgotten.
 */
export function changesByOthers(changes: readonly CellChange[], own: Map<string, HeldAs>): CellChange[] {
  return changes.filter(({ key, after }) => {
    if (own.get(key) === after) return false;
    own.delete(key);
    return true;
  });
}
