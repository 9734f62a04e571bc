import { useMemo, useRef, useState } from 'react';
import type { Member } from '../../../../contract/team.ts';
import type { Person } from './people-view.ts';

/** The people selected for what is done to many at once. Who is no longer in the team is no longer selected. */
export function useSelection(shown: readonly Person[], members: readonly Member[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const order = useRef(shown);
  order.current = shown;

  const selected = useMemo(() => members.filter(({ id }) => ids.has(id)), [members, ids]);
  const commands = useMemo(() => {
    const toggle = (member: Member, range = false) => {
      const group = range ? between(order.current, last.current, member.id) : [member.id as string];
      last.current = member.id;
      setIds((before) => {
        const isAdding = !before.has(member.id);
        const after = new Set(before);
        for (const id of group) isAdding ? after.add(id) : after.delete(id);
        return after;
      });
    };
    return {
      toggle,
      clear: () => setIds(new Set()),
      all: (isAdding: boolean) => setIds(new Set(isAdding ? order.current.map(({ member }) => member.id) : [])),
    };
  }, []);
  return { ids, selected, ...commands };
}

function between(people: readonly Person[], one: string | undefined, other: string): string[] {
  const places = [one ?? other, other].map((id) => people.findIndex(({ member }) => member.id === id));
  const [from = -1, to = -1] = places.sort((first, second) => first - second);
  return from < 0 ? [other] : people.slice(from, to + 1).map(({ member }) => member.id);
}
