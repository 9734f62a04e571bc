import { Alert, Progress, Stack, Table } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Storage } from '../../../contract/storage.ts';
import { Bytes } from '../../components/bytes.tsx';
import { Figure, Figures } from '../../components/figure.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Day } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { StateBadge, ToneBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import { storageQuery } from './team-query.ts';
import { useTeam } from './use-team.ts';

/** The team's storage: how much, how full, and what the quota is made of. */
export function TeamStorageTab() {
  const t = useText();
  const { team } = useTeam();
  const query = useQuery(storageQuery(team.id));
  return (
    <Loaded query={query}>
      {(storage) => (
        <Stack gap="lg">
          <Panel title={t('team.storage.title')}>
            <Fill storage={storage} />
          </Panel>
          <Panel title={t('team.storage.parts')} flush>
            <Parts storage={storage} />
          </Panel>
        </Stack>
      )}
    </Loaded>
  );
}

const nearlyFull = 90;

function Fill({ storage: { quotaBytes, usedBytes } }: { storage: Storage }) {
  const t = useText();
  const format = useFormat();
  const percent = quotaBytes === 0 ? 100 : Math.min(100, (100 * usedBytes) / quotaBytes);
  const label = t('team.storage.bar', { used: format.bytes(usedBytes), quota: format.bytes(quotaBytes) });
  return (
    <Stack gap="md">
      <Figures>
        <Figure label={t('team.storage.used')} value={<Bytes count={usedBytes} />} />
        <Figure label={t('team.storage.left')} value={<Bytes count={Math.max(0, quotaBytes - usedBytes)} />} />
        <Figure label={t('team.storage.quota')} value={<Bytes count={quotaBytes} />} />
      </Figures>
      <Progress size="lg" value={percent} color={percent >= nearlyFull ? 'red' : 'accent'} aria-label={label} />
      {percent >= 100 && (
        <Alert variant="light" color="red" icon={<IconAlertTriangle />}>
          {t('team.storage.full')}
        </Alert>
      )}
    </Stack>
  );
}

function Parts({ storage: { parts, quotaBytes } }: { storage: Storage }) {
  const t = useText();
  return (
    <ListTable label={t('team.storage.parts')} minWidth={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('team.storage.part')}</Table.Th>
          <Table.Th>{t('team.storage.until')}</Table.Th>
          <Table.Th ta="right">{t('team.storage.quantity')}</Table.Th>
          <Table.Th ta="right">{t('team.storage.each')}</Table.Th>
          <Table.Th ta="right">{t('team.storage.sum')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parts.map((part) => (
          <PartRow key={`${part.kind} ${part.subscriptionId}`} part={part} />
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th colSpan={4}>{t('team.storage.quota')}</Table.Th>
          <Table.Th ta="right">
            <Bytes count={quotaBytes} />
          </Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </ListTable>
  );
}

function PartRow({ part }: { part: Storage['parts'][number] }) {
  const t = useText();
  const format = useFormat();
  const { kind, productName, quantity, bytesEach, bytes, counts, phase, endsOn } = part;
  const isMissingFree = kind === 'free' && bytes === 0;
  return (
    <Table.Tr c={counts ? undefined : 'dimmed'}>
      <Table.Th scope="row" fw={500}>
        {isMissingFree ? t('team.storage.noFree') : t(`team.storage.${kind}`, { product: productName ?? '' })}{' '}
        {phase && phase !== 'active' && <StateBadge kind="subscription" state={phase} />}
        {!counts && <ToneBadge tone="bad">{t('team.storage.notCounted')}</ToneBadge>}
      </Table.Th>
      <Table.Td>{endsOn ? <Day date={endsOn} /> : t('team.storage.always')}</Table.Td>
      <Table.Td ta="right">{format.number(quantity)}</Table.Td>
      <Table.Td ta="right">
        <Bytes count={bytesEach} />
      </Table.Td>
      <Table.Td ta="right" td={counts ? undefined : 'line-through'}>
        <Bytes count={bytes} />
      </Table.Td>
    </Table.Tr>
  );
}
