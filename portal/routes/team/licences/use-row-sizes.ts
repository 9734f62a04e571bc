import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Person } from './people-view.ts';
import type { RowHeights } from './row-window.ts';

const wide = { row: 48, issue: 44, use: 24 };
const narrow = { row: 58, issue: 104, use: 36 };
/** So many columns of products leave room for another one on a wide screen. */
const mostProducts = 2;

const none: ReadonlyMap<string, unknown> = new Map();

interface RowsOf {
  issues: ReadonlyMap<string, unknown>;
  /** What there is to tell of a person's licence. */
  uses: ReadonlyMap<string, unknown>;
  productCount: number;
}

/**
 * How tall the table's rows are: those with a refusal to tell are taller, and all are on a phone.
 *
 * What became of a licence has a column where there is room, and a line of its own below the person where there is none.
 */
export function useRowSizes(people: readonly Person[], { issues, uses, productCount }: RowsOf) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const isWide = useMediaQuery('(min-width: 80em)', false, { getInitialValueInEffect: false });
  const sizes = isNarrow ? narrow : wide;
  const use = isWide && productCount <= mostProducts ? 'column' : 'below';
  const heights = useMemo((): RowHeights => {
    const linesBelow = use === 'below' ? uses : none;
    const heightBelow = (id: string) => (issues.has(id) ? sizes.issue : 0) + (linesBelow.has(id) ? sizes.use : 0);
    return { count: people.length, height: sizes.row, extra: extraHeights(people, heightBelow) };
  }, [people, issues, uses, use, sizes]);
  const style = {
    '--row-height': `${sizes.row}px`,
    '--issue-height': `${sizes.issue}px`,
    '--use-height': `${sizes.use}px`,
  };
  return { heights, use, style };
}

/** How much taller than the others some rows are, by index. */
function extraHeights(people: readonly Person[], heightBelow: (memberId: string) => number): Map<number, number> {
  const extra = new Map<number, number>();
  for (const [index, { member }] of people.entries()) {
    const height = heightBelow(member.id);
    if (height > 0) extra.set(index, height);
  }
  return extra;
}
