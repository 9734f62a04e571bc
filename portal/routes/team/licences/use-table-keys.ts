import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Member } from '../../../../contract/team.ts';
import type { Person } from './people-view.ts';
import type { TableCommand } from './table-keys.ts';
import { commandOf, placeAfter } from './table-keys.ts';

/** What keys do beyond moving; the column is a product's id, `select` or `menu`. */
export type TableKeyHandlers = Record<Exclude<TableCommand, 'menu'>, (member: Member, column: string) => unknown>;

interface TableKeysOptions {
  list: RefObject<HTMLElement | null>;
  people: readonly Person[];
  columns: readonly string[];
  reveal: (index: number) => void;
  handlers: TableKeyHandlers;
}

const rowsOfPage = 10;

/** Keeps which cell the keyboard is on, moves it, and hands on what the other keys ask for. */
export function useTableKeys({ list, people, columns, reveal, handlers }: TableKeysOptions) {
  const [at, setAt] = useState<{ memberId: string | undefined; column: string }>({
    memberId: undefined,
    column: columns[1] ?? 'menu',
  });
  const shouldFocus = useRef(false);
  const row = Math.max(
    0,
    people.findIndex(({ member }) => member.id === at.memberId),
  );
  const column = columns.includes(at.column) ? at.column : (columns[1] ?? 'menu');

  useEffect(() => {
    if (!shouldFocus.current) return;
    shouldFocus.current = false;
    controlAt(list.current, at.memberId, at.column)?.focus({ preventScroll: true });
  }, [at, list]);

  const goTo = (memberId: string | undefined, toColumn: string) => {
    shouldFocus.current = true;
    setAt({ memberId, column: toColumn });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Menus and dialogues of a row are its children for React, yet not in the table.
    if (
      !event.currentTarget.contains(event.target as Node) ||
      (event.target instanceof HTMLButtonElement && event.key === 'Enter')
    )
      return;
    const size = { rows: people.length, columns: columns.length, page: rowsOfPage };
    const next = placeAfter(event, { row, column: columns.indexOf(column) }, size);
    if (next) {
      event.preventDefault();
      reveal(next.row);
      goTo(people[next.row]?.member.id, columns[next.column] ?? column);
      return;
    }
    const command = commandOf(event);
    const member = people[row]?.member;
    if (!command || !member) return;
    event.preventDefault();
    if (command === 'menu') controlAt(list.current, member.id, 'menu')?.click();
    else handlers[command](member, column);
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const toColumn = event.target.dataset.column;
    const memberId = event.target.closest<HTMLElement>('[data-row]')?.dataset.row;
    if (toColumn && memberId && (memberId !== at.memberId || toColumn !== at.column)) {
      setAt({ memberId, column: toColumn });
    }
  };

  return { active: { row, column }, onKeyDown, onFocus };
}

function controlAt(list: HTMLElement | null, memberId: string | undefined, column: string): HTMLElement | undefined {
  return list?.querySelector<HTMLElement>(`[data-row="${memberId}"] [data-column="${column}"]`) ?? undefined;
}
