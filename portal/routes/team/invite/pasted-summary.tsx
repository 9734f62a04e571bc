import { Stack, Text } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import type { PastedPeople } from './pasted-people.ts';

const namedFaults = 6;

/** What was understood of the pasted text, while it is being written. */
export function PastedSummary({ pasted: { people, repeats, faults }, known }: { pasted: PastedPeople; known: number }) {
  const t = useText();
  const parts = [
    t('team.invite.found', { count: people.length }),
    ...(repeats > 0 ? [t('team.invite.repeats', { count: repeats })] : []),
    ...(known > 0 ? [t('team.invite.known', { count: known })] : []),
  ];
  const list = faults.slice(0, namedFaults).join(', ');
  return (
    <Stack gap={2} role="status">
      <Text size="sm" fw={600}>
        {parts.join(' · ')}
      </Text>
      {faults.length > 0 && (
        <Text size="sm" c="var(--mantine-color-error)">
          {t('team.invite.faults', { list: faults.length > namedFaults ? `${list} …` : list })}
        </Text>
      )}
    </Stack>
  );
}
