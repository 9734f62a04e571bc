import { Select } from '@mantine/core';
import type { StateKind, StateOf } from '../../components/state-tone.ts';
import type { TextId } from '../../text/en.ts';
import { useText } from '../../text/use-text.ts';

interface StateFilterProps<Kind extends StateKind> {
  kind: Kind;
  states: readonly StateOf<Kind>[];
  value: StateOf<Kind> | undefined;
  onChange: (state: StateOf<Kind> | undefined) => void;
}

/** Narrows a list to one state, or to none in particular. */
export function StateFilter<Kind extends StateKind>({ kind, states, value, onChange }: StateFilterProps<Kind>) {
  const t = useText();
  // state-tone.test.ts holds that each state has its text.
  const data = states.map((state) => ({ value: state, label: t(`state.${kind}.${state}` as TextId) }));
  return (
    <Select
      aria-label={t('desk.orders.state')}
      placeholder={t('desk.orders.anyState')}
      data={data}
      value={value ?? null}
      clearable
      onChange={(chosen) => onChange(states.find((state) => state === chosen))}
    />
  );
}
