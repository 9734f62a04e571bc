import { Code, Stack, Table, Text } from '@mantine/core';
import { ListTable } from '../../components/list-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { ToneBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import type { Catalogue } from './catalogue.ts';

const wholeBasisPoints = 10_000;

/** Who sells, and which programs may ask about licences. */
export function CataloguePartners({ partners, applications }: Pick<Catalogue, 'partners' | 'applications'>) {
  return (
    <Stack gap="lg">
      <Partners partners={partners} />
      <Applications applications={applications} />
    </Stack>
  );
}

function Partners({ partners }: Pick<Catalogue, 'partners'>) {
  const t = useText();
  const format = useFormat();
  return (
    <Panel title={t('office.catalogue.partners')} flush={partners.length > 0}>
      {partners.length === 0 && <Text c="dimmed">{t('office.catalogue.none')}</Text>}
      {partners.length > 0 && (
        <ListTable label={t('office.catalogue.partners')} minWidth={460}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('office.catalogue.partner')}</Table.Th>
              <Table.Th>{t('office.catalogue.currency')}</Table.Th>
              <Table.Th ta="right">{t('office.catalogue.discount')}</Table.Th>
              <Table.Th>{t('office.catalogue.agents')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {partners.map(({ id, name, currency, discountLimitBasisPoints, agents, retired }) => (
              <Table.Tr key={id}>
                <Table.Td fw={600}>
                  {name} {retired && <ToneBadge tone="neutral">{t('office.catalogue.retired')}</ToneBadge>}
                </Table.Td>
                <Table.Td>{currency}</Table.Td>
                <Table.Td ta="right">{format.percent(discountLimitBasisPoints / wholeBasisPoints)}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{agents.join(', ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </ListTable>
      )}
    </Panel>
  );
}

function Applications({ applications }: Pick<Catalogue, 'applications'>) {
  const t = useText();
  return (
    <Panel title={t('office.catalogue.applications')}>
      {applications.length === 0 && <Text c="dimmed">{t('office.catalogue.none')}</Text>}
      <Stack>
        {applications.map(({ id, name, key, productKeys }) => (
          <div key={id}>
            <Text fw={600}>
              {name} <Code>{key}</Code>
            </Text>
            <Text size="sm" c="dimmed">
              {t('office.catalogue.mayAsk')}: {productKeys.join(', ')}
            </Text>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
