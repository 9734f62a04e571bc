import { Badge, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { StreamState } from '../data/change-stream.ts';
import { useText } from '../text/use-text.ts';

const patienceMillis = 3_000;

/** Says when changes by others don't reach this page; silent while they do and through short breaks. */
export function ConnectionBadge({ state }: { state: StreamState }) {
  const t = useText();
  const [lasting] = useDebouncedValue(state, patienceMillis);
  const isBroken = state === 'broken' && lasting === 'broken';
  return (
    <span role="status">
      {isBroken && (
        <Tooltip label={t('shell.reconnectingHint')}>
          <Badge color="yellow" variant="light" tt="none" fw={500} tabIndex={0}>
            {t('shell.reconnecting')}
          </Badge>
        </Tooltip>
      )}
    </span>
  );
}
