import { Badge } from '@mantine/core';
import type { TextId } from '../text/en.ts';
import { useText } from '../text/use-text.ts';
import classes from './state-badge.module.css';
import type { StateKind, StateOf, Tone } from './state-tone.ts';
import { stateTones } from './state-tone.ts';

interface StateBadgeProps<Kind extends StateKind> {
  kind: Kind;
  state: StateOf<Kind>;
}

/** The state of an offer, order, subscription, licence, member, notice or request in words and a calm colour. */
export function StateBadge<Kind extends StateKind>({ kind, state }: StateBadgeProps<Kind>) {
  const t = useText();
  // state-tone.test.ts holds that each state has its text.
  const textId = `state.${kind}.${state}` as TextId;
  return <ToneBadge tone={stateTones[kind][state] as Tone}>{t(textId)}</ToneBadge>;
}

/** A short word in a tone, for what is no state: "unclaimed", "external". */
export function ToneBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge className={classes.badge} data-tone={tone} variant="transparent" size="md" radius="sm">
      {children}
    </Badge>
  );
}
