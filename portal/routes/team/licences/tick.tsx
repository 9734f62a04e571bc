import { Checkbox, Tooltip } from '@mantine/core';
import type { IconProps } from '@tabler/icons-react';
import { IconCheck, IconClock, IconPlayerPause } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** How a person stands to a product, as the table shows it. */
export type TickStatus = 'none' | 'held' | 'reserved' | 'suspended';

export const tickColours: Record<TickStatus, string> = {
  none: 'accent',
  held: 'accent',
  reserved: 'yellow',
  suspended: 'gray',
};

export const tickIcons: Record<TickStatus, ComponentType<IconProps>> = {
  none: IconCheck,
  held: IconCheck,
  reserved: IconClock,
  suspended: IconPlayerPause,
};

interface TickProps {
  status: TickStatus;
  label: string;
  /** What the status means, where that is not plain. */
  hint?: string | undefined;
  readOnly?: boolean;
  column?: string;
  tabIndex?: number;
  onToggle?: () => void;
}

/** One licence of one person: a tick; a clock for a reservation, a pause for one that does not work. */
export function Tick({ status, label, hint, readOnly = false, column, tabIndex, onToggle }: TickProps) {
  const Sign = tickIcons[status];
  const box = (
    <Checkbox
      size="sm"
      color={tickColours[status]}
      icon={({ className }) => <Sign className={className ?? ''} stroke={3} aria-hidden />}
      checked={status !== 'none'}
      disabled={readOnly}
      aria-label={label}
      data-column={column}
      tabIndex={tabIndex ?? 0}
      onChange={() => onToggle?.()}
    />
  );
  return hint ? (
    <Tooltip label={hint}>
      <span>{box}</span>
    </Tooltip>
  ) : (
    box
  );
}
