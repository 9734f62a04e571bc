import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface ListTableProps {
  /** What the list is of; names the part of the page that scrolls on narrow screens. */
  label: string;
  /** Pixels below which the table scrolls by itself instead of squeezing its columns. */
  minWidth?: number;
  /** `Table.Thead` and `Table.Tbody`. */
  children: ReactNode;
}

/** A table that never makes the page wider than the screen; fits into a `flush` {@link Panel}. */
export function ListTable({ label, minWidth = 560, children }: ListTableProps) {
  const viewport = { tabIndex: 0, role: 'group', 'aria-label': label };
  return (
    <Table.ScrollContainer minWidth={minWidth} scrollAreaProps={{ viewportProps: viewport }}>
      <Table>{children}</Table>
    </Table.ScrollContainer>
  );
}
