import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Member } from '../../../../contract/team.ts';
import type { Holdings } from './holding.ts';
import { cellKey } from './holding.ts';
import type { PeopleOrder, PeopleView } from './people-view.ts';
import { countPeople, filterPeople, firstView, personOf, sortPeople } from './people-view.ts';
import type { ProductColumn } from './table-actions.ts';

/** Search, filter and order of the table, and who is shown by them. */
export function usePeopleView(members: readonly Member[], products: readonly ProductColumn[], holdings: Holdings) {
  const [view, setView] = useState(firstView);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  // Typing stays fluent: the field shows each letter at once, the rows follow.
  const shownView = useDeferredValue(view);

  const hasLicence = useCallback(
    (memberId: string) => products.some(({ productId }) => holdings.has(cellKey(memberId, productId))),
    [products, holdings],
  );
  const people = useMemo(() => members.map(personOf), [members]);
  const { order, isDescending } = shownView;
  const sorted = useMemo(
    () => sortPeople(people, { ...firstView, order, isDescending }),
    [people, order, isDescending],
  );
  const shown = useMemo(
    () => filterPeople(sorted, shownView, { hasLicence, kept }),
    [sorted, shownView, hasLicence, kept],
  );
  const counts = useMemo(() => countPeople(people, hasLicence), [people, hasLicence]);

  const change = useCallback((part: Partial<PeopleView>) => {
    setKept(new Set());
    setView((before) => ({ ...before, ...part }));
  }, []);
  const sortBy = useCallback(
    (by: PeopleOrder) =>
      setView((before) => ({ ...before, order: by, isDescending: before.order === by && !before.isDescending })),
    [],
  );
  const keep = useCallback((memberId: string) => setKept((before) => new Set([...before, memberId])), []);

  return { view, shown, isSettled: shownView === view, counts, change, sortBy, keep };
}
