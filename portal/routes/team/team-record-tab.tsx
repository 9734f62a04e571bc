import { Panel } from '../../components/panel.tsx';
import { useText } from '../../text/use-text.ts';
import { RecordList } from '../record/record-list.tsx';
import { useTeam } from './use-team.ts';

export function TeamRecordTab() {
  const t = useText();
  const { team } = useTeam();
  return (
    <Panel title={t('team.record.title')} hint={t('team.record.hint')}>
      <RecordList streamId={team.id} />
    </Panel>
  );
}
