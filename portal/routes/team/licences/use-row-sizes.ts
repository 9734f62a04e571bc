import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Person } from './people-view.ts';
import type { RowHeights } from './row-window.ts';

const wide = { row: 48, issue: 44 };
const narrow = { row: 58, issue: 104 };

/** How tall the table's rows are: those with a refusal to tell are taller, and all are on a phone. */
export function useRowSizes(people: readonly Person[], issues: ReadonlyMap<string, unknown>) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const sizes = isNarrow ? narrow : wide;
  const heights = useMemo((): RowHeights => {
    const extra = new Map<number, number>();
    if (issues.size > 0) {
      for (const [index, { member }] of people.entries()) if (issues.has(member.id)) extra.set(index, sizes.issue);
    }
    return { count: people.length, height: sizes.row, extra };
  }, [people, issues, sizes]);
  return { heights, style: { '--row-height': `${sizes.row}px`, '--issue-height': `${sizes.issue}px` } };
}
