import { Card, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconBuildingStore, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { Customer } from '../../../contract/customer.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { usePages } from '../../data/use-pages.ts';
import { languageNames } from '../../text/locale.ts';
import { useText } from '../../text/use-text.ts';

const route = getRouteApi('/shell/signedIn/staff/office/customers');
const perPage = 100;
const typingMillis = 150;

/** All customers of the vendor. */
export function CustomersPage() {
  const t = useText();
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const { query, more, isLoadingMore } = usePages([...queryKeys.customers, 'office', search], (after, signal) =>
    api.listCustomers({
      query: { limit: perPage, ...(after !== undefined && { after }), ...(search && { search }) },
      signal,
    }),
  );
  const find = useDebouncedCallback((typed: string) => {
    const text = typed.trim();
    void navigate({ search: text ? { search: text } : {}, replace: true });
  }, typingMillis);
  return (
    <Page title={t('office.customers.title')} lead={t('office.customers.lead')}>
      <TextInput
        mb="md"
        maw={360}
        type="search"
        aria-label={t('office.customers.search')}
        placeholder={t('office.customers.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={100}
        defaultValue={search ?? ''}
        onChange={({ currentTarget }) => find(currentTarget.value)}
      />
      <Card padding={0}>
        <Loaded query={query}>
          {(customers) =>
            customers.length === 0 ? (
              <EmptyState
                icon={IconBuildingStore}
                title={t('office.customers.none.title')}
                hint={t('office.customers.none.hint')}
              />
            ) : (
              <>
                <CustomerTable customers={customers} />
                <MoreButton onMore={more} isLoading={isLoadingMore} />
              </>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

function CustomerTable({ customers }: { customers: readonly Customer[] }) {
  const t = useText();
  return (
    <ListTable label={t('office.customers.title')} minWidth={820}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('office.customers.number')}</Table.Th>
          <Table.Th>{t('office.customers.name')}</Table.Th>
          <Table.Th>{t('office.customers.country')}</Table.Th>
          <Table.Th ta="right">{t('office.customers.core')}</Table.Th>
          <Table.Th>{t('office.customers.contact')}</Table.Th>
          <Table.Th>{t('office.customers.partner')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {customers.map((customer) => (
          <Table.Tr key={customer.id}>
            <Table.Td>{customer.customerNumber}</Table.Td>
            <Table.Td fw={600}>{customer.name}</Table.Td>
            <Table.Td>
              {customer.country}
              <Text span c="dimmed" size="sm">
                {` · ${languageNames[customer.language]}`}
              </Text>
            </Table.Td>
            <Table.Td ta="right">{customer.coreLicences}</Table.Td>
            <Table.Td>
              <Text>{customer.contactName}</Text>
              <Text size="sm" c="dimmed">
                {customer.contactEmail}
              </Text>
            </Table.Td>
            <Table.Td>{customer.partnerName}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ListTable>
  );
}
