import { Checkbox } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import classes from './people-table.module.css';
import type { TickStatus } from './tick.tsx';
import { tickColours, tickIcons } from './tick.tsx';

/** What the signs in the table mean. */
export function TickLegend({ statuses }: { statuses: readonly Exclude<TickStatus, 'none'>[] }) {
  const t = useText();
  return (
    <div className={classes.legend}>
      {statuses.map((status) => {
        const Sign = tickIcons[status];
        return (
          <span key={status}>
            <Checkbox.Indicator
              checked
              size="xs"
              color={tickColours[status]}
              icon={({ className }) => <Sign className={className ?? ''} stroke={3} aria-hidden />}
              aria-hidden
            />
            {t(`team.legend.${status}`)}
          </span>
        );
      })}
    </div>
  );
}
