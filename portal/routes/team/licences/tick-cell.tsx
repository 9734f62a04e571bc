import { Loader } from '@mantine/core';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import type { Holding } from './holding.ts';
import type { HeldAs } from './holding-change.ts';
import classes from './people-table.module.css';
import type { TickStatus } from './tick.tsx';
import { Tick } from './tick.tsx';

interface TickCellProps {
  name: string;
  product: { readonly productId: string; readonly name: string };
  holding: Holding | undefined;
  /** What the cell is about to be, while a command is under way. */
  pending: HeldAs | undefined;
  isChanged: boolean;
  readOnly: boolean;
  isActive: boolean;
  onToggle: () => void;
}

/** The cell where a person and a product meet. */
export function TickCell({ name, product, holding, pending, isChanged, readOnly, isActive, onToggle }: TickCellProps) {
  const t = useText();
  const format = useFormat();
  const status = pending ?? statusOf(holding);
  const values = { product: product.name, name };
  const hints: Partial<Record<TickStatus, string>> = {
    reserved: t('team.tick.reservedHint'),
    suspended: t('team.tick.suspendedHint', { day: holding ? format.day(holding.subscription.endsOn) : '' }),
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed freely so that only those seen are drawn, which a table element can't
    // biome-ignore lint/a11y/useFocusableInteractive: the tick within takes the focus
    <div
      role="gridcell"
      className={classes.tick}
      aria-busy={pending !== undefined}
      data-changed={isChanged}
      data-status={status}
    >
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the tick names itself; the label makes the whole cell a target */}
      <label className={classes.tickLabel}>
        <Tick
          status={status}
          label={t(status === 'none' ? 'team.tick.give' : `team.tick.${status}`, values)}
          hint={hints[status]}
          readOnly={readOnly}
          column={product.productId}
          tabIndex={isActive ? 0 : -1}
          onToggle={onToggle}
        />
      </label>
      {pending !== undefined && <Loader size={14} className={classes.busy ?? ''} aria-hidden />}
    </div>
  );
}

function statusOf(holding: Holding | undefined): TickStatus {
  if (!holding) return 'none';
  if (!holding.works) return 'suspended';
  return holding.licence.state === 'reserved' ? 'reserved' : 'held';
}
