import { Group, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { TextLink } from '../../../components/link.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import { storageQuery } from '../team-query.ts';

/** The team's storage in one line. */
export function QuotaLine({ teamId }: { teamId: string }) {
  const t = useText();
  const format = useFormat();
  const { data: storage } = useQuery(storageQuery(teamId));
  return (
    <Group gap="xs" mih={24}>
      <IconDatabase size={17} stroke={1.6} aria-hidden />
      <Text size="sm">
        {storage &&
          t('team.figures.quota', { used: format.bytes(storage.usedBytes), quota: format.bytes(storage.quotaBytes) })}
      </Text>
      <TextLink to="/teams/$teamId/storage" params={{ teamId }} size="sm">
        {t('team.figures.quotaLink')}
      </TextLink>
    </Group>
  );
}
