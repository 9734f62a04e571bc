import { Code, Table, Text } from '@mantine/core';
import type { Product } from '../../../contract/catalogue.ts';
import { Bytes } from '../../components/bytes.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { ToneBadge } from '../../components/state-badge.tsx';
import { useText } from '../../text/use-text.ts';

/** What is sold and by which rules. */
export function CatalogueProducts({ products }: { products: readonly Product[] }) {
  const t = useText();
  return (
    <Panel title={t('office.catalogue.products')} flush>
      <ListTable label={t('office.catalogue.products')} minWidth={820}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('office.catalogue.product')}</Table.Th>
            <Table.Th>{t('office.catalogue.kind')}</Table.Th>
            <Table.Th ta="right">{t('office.catalogue.storage')}</Table.Th>
            <Table.Th>{t('office.catalogue.review')}</Table.Th>
            <Table.Th>{t('office.catalogue.after')}</Table.Th>
            <Table.Th ta="right">{t('office.catalogue.lease')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {products.map((product) => (
            <ProductRow key={product.id} product={product} />
          ))}
        </Table.Tbody>
      </ListTable>
    </Panel>
  );
}

function ProductRow({ product }: { product: Product }) {
  const t = useText();
  const { key, name, kind, retired, review, graceDays: grace, suspendedDays: suspended, leaseHours } = product;
  const bytes = kind === 'storage' ? product.unitBytes : product.includedStorageBytes;
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>
          {name} {retired && <ToneBadge tone="neutral">{t('office.catalogue.retired')}</ToneBadge>}
        </Text>
        <Code>{key}</Code>
      </Table.Td>
      <Table.Td>{t(`office.catalogue.kind.${kind}`)}</Table.Td>
      <Table.Td ta="right">{bytes > 0 ? <Bytes count={bytes} /> : '–'}</Table.Td>
      <Table.Td>{t(`office.catalogue.review.${review}`)}</Table.Td>
      <Table.Td>{t('office.catalogue.days', { grace, suspended })}</Table.Td>
      <Table.Td ta="right">{kind === 'storage' ? '–' : t('office.catalogue.hours', { count: leaseHours })}</Table.Td>
    </Table.Tr>
  );
}
