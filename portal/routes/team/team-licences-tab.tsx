import { Card } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { useText } from '../../text/use-text.ts';

export function TeamLicencesTab() {
  const t = useText();
  return (
    <Card>
      <EmptyState icon={IconHourglassEmpty} title={t('page.comingSoon.title')} hint={t('page.comingSoon.text')} />
    </Card>
  );
}
