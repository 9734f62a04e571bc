import { Card, SegmentedControl, Table, VisuallyHidden } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../text/use-text.ts';
import { CustomerRequestRow } from './customer-request-row.tsx';

const route = getRouteApi('/shell/signedIn/staff/office/requests');
const perPage = 50;
const views = ['waiting', 'all'] as const;

/** Customers that agents ask for; the vendor confirms or declines each. */
export function CustomerRequestsPage() {
  const t = useText();
  const { show = 'waiting' } = route.useSearch();
  const navigate = route.useNavigate();
  const { query, more, isLoadingMore } = usePages([...queryKeys.customerRequests, 'office', show], (after, signal) =>
    api.listCustomerRequests({
      query: { limit: perPage, ...(after !== undefined && { after }), ...(show === 'waiting' && { state: show }) },
      signal,
    }),
  );
  return (
    <Page title={t('office.requests.title')} lead={t('office.requests.lead')}>
      <SegmentedControl
        mb="md"
        aria-label={t('office.requests.show')}
        data={views.map((value) => ({ value, label: t(`office.requests.${value}`) }))}
        value={show}
        onChange={(value) => void navigate({ search: value === 'all' ? { show: value } : {}, replace: true })}
      />
      <Card padding={0}>
        <Loaded query={query}>
          {(requests) =>
            requests.length === 0 ? (
              <EmptyState
                icon={IconUserPlus}
                title={t('office.requests.none.title')}
                hint={t('office.requests.none.hint')}
              />
            ) : (
              <>
                <ListTable label={t('office.requests.title')} minWidth={880}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('office.requests.number')}</Table.Th>
                      <Table.Th>{t('office.requests.name')}</Table.Th>
                      <Table.Th>{t('office.requests.contact')}</Table.Th>
                      <Table.Th ta="right">{t('office.requests.core')}</Table.Th>
                      <Table.Th>{t('office.requests.partner')}</Table.Th>
                      <Table.Th>{t('office.requests.asked')}</Table.Th>
                      <Table.Th>
                        <VisuallyHidden>{t('desk.orders.actions')}</VisuallyHidden>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {requests.map((request) => (
                      <CustomerRequestRow key={request.id} request={request} />
                    ))}
                  </Table.Tbody>
                </ListTable>
                <MoreButton onMore={more} isLoading={isLoadingMore} />
              </>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}
