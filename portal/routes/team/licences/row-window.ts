/** How tall rows are: all alike, but for some that have something to say below. */
export interface RowHeights {
  readonly count: number;
  readonly height: number;
  /** Rows that are taller, by index, with how much. */
  readonly extra: ReadonlyMap<number, number>;
}

/** Where a row begins, in pixels from the top of the list. */
export function topOf({ height, extra }: RowHeights, index: number): number {
  let top = index * height;
  for (const [row, more] of extra) if (row < index) top += more;
  return top;
}

export function heightOf({ height, extra }: RowHeights, index: number): number {
  return height + (extra.get(index) ?? 0);
}

export function totalHeight(heights: RowHeights): number {
  return topOf(heights, heights.count);
}

/** Rows beyond the edges of what is seen, so that scrolling does not outrun them. */
const beyond = 6;

/** The first and last index of the rows to draw for the part of the list that is seen; empty lists give `last` -1. */
export function rowsBetween(heights: RowHeights, from: number, to: number): { first: number; last: number } {
  const most = heights.count - 1;
  const clamp = (index: number) => Math.max(0, Math.min(most, index));
  const first = clamp(rowAt(heights, from) - beyond);
  return { first: most < 0 ? 0 : first, last: most < 0 ? -1 : clamp(rowAt(heights, to) + beyond) };
}

/** The last row that begins at or above a place, found by halving: many rows may be taller than the rest. */
function rowAt(heights: RowHeights, place: number): number {
  let low = 0;
  let high = Math.max(0, heights.count - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (topOf(heights, middle) > place) high = middle - 1;
    else low = middle;
  }
  return low;
}
