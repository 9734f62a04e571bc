import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { RowHeights } from './row-window.ts';
import { heightOf, rowsBetween, topOf } from './row-window.ts';

/** What of the list's top is covered by the page's own bar and the table's head. */
const coveredPixels = 104;
/** Room at the foot of the page, where messages show. */
const belowPixels = 96;

interface RowWindow {
  readonly first: number;
  readonly last: number;
  /** Scrolls the page as little as it takes to see a row. */
  readonly reveal: (index: number) => void;
}

/** Draws only the rows that are seen of a list that scrolls with its page. */
export function useRowWindow(list: RefObject<HTMLElement | null>, heights: RowHeights): RowWindow {
  const [seen, setSeen] = useState(() => rowsBetween(heights, 0, window.innerHeight));

  const measure = useCallback(() => {
    const from = -(list.current?.getBoundingClientRect().top ?? 0);
    const next = rowsBetween(heights, from, from + window.innerHeight);
    setSeen((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, [list, heights]);

  useLayoutEffect(measure, [measure]);
  useEffect(() => {
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    // What stands above the list may grow or go, which moves the list without any scrolling.
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => {
      watch.disconnect();
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    };
  }, [measure]);

  const reveal = useCallback(
    (index: number) => {
      const listTop = list.current?.getBoundingClientRect().top ?? 0;
      const top = listTop + topOf(heights, index);
      const bottom = top + heightOf(heights, index);
      const lowest = window.innerHeight - belowPixels;
      if (top < coveredPixels) window.scrollBy({ top: top - coveredPixels, behavior: 'instant' });
      else if (bottom > lowest) window.scrollBy({ top: bottom - lowest, behavior: 'instant' });
    },
    [list, heights],
  );

  return { ...seen, reveal };
}
