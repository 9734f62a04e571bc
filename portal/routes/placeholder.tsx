import { Card } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { EmptyState } from '../components/empty-state.tsx';
import { Page } from '../components/page.tsx';
import type { TextId } from '../text/en.ts';
import { useText } from '../text/use-text.ts';

/** Stands where a page is still to be made. */
export function Placeholder({ titleId }: { titleId: TextId }) {
  const t = useText();
  return (
    <Page title={t(titleId)}>
      <Card>
        <EmptyState icon={IconHourglassEmpty} title={t('page.comingSoon.title')} hint={t('page.comingSoon.text')} />
      </Card>
    </Page>
  );
}
