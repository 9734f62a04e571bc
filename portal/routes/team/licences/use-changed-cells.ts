import { useEffect, useRef, useState } from 'react';
import { announce } from '../../../components/announcer.tsx';
import { translate } from '../../../text/use-text.ts';
import type { Holdings } from './holding.ts';
import type { CellChange, HeldAs } from './holding-change.ts';
import { changedCells, changesByOthers } from './holding-change.ts';

const shownMillis = 4_000;

/** The cells that somebody else changed a moment ago; they are announced, too. */
export function useChangedCells(
  holdings: Holdings,
  own: Map<string, HeldAs>,
  namesOf: (key: string) => { name: string; product: string },
): ReadonlySet<string> {
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const seen = useRef(holdings);
  const naming = useRef(namesOf);
  naming.current = namesOf;
  useEffect(() => {
    const changes = changesByOthers(changedCells(seen.current, holdings), own);
    seen.current = holdings;
    if (changes.length === 0) return;
    announce(sentenceOf(changes, naming.current));
    setChanged((before) => new Set([...before, ...changes.map(({ key }) => key)]));
    const gone = new Set(changes.map(({ key }) => key));
    setTimeout(() => setChanged((before) => new Set([...before].filter((key) => !gone.has(key)))), shownMillis);
  }, [holdings, own]);
  return changed;
}

function sentenceOf(changes: readonly CellChange[], namesOf: (key: string) => { name: string; product: string }) {
  const [first] = changes;
  if (!first || changes.length > 1) return translate('team.other.many', { count: changes.length });
  return translate(`team.other.${first.after}`, namesOf(first.key));
}
