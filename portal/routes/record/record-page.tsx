import { Card } from '@mantine/core';
import { Page } from '../../components/page.tsx';
import { useText } from '../../text/use-text.ts';
import { RecordList } from './record-list.tsx';

/** Everything that concerns whoever is signed in, across teams and sales. */
export function RecordPage() {
  const t = useText();
  return (
    <Page title={t('record.title')} lead={t('record.lead')}>
      <Card>
        <RecordList />
      </Card>
    </Page>
  );
}
