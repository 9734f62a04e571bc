import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/**
 * Goes from the search into the table, to the row that the keyboard was on or else to the first.
 *
 * @param isSettled Whether the rows are those of the search: whoever types fast and goes on must not land on a row that
 *   is about to leave.
 */
export function useEnterTable(place: RefObject<HTMLElement | null>, isSettled: boolean): () => void {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted || !isSettled) return;
    setWanted(false);
    focusTable(place.current);
  }, [isWanted, isSettled, place]);
  return () => setWanted(true);
}

/** Puts the focus on the cell that the keyboard was on last. */
export function focusTable(place: HTMLElement | null): void {
  place?.querySelector<HTMLElement>('[data-row] [data-column][tabindex="0"]')?.focus();
}
