import { Button, Card, SegmentedControl, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Order } from '../../../contract/order.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { usePages } from '../../data/use-pages.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import { OfficeOrderRow } from './office-order-row.tsx';
import type { OrderSearch } from './office-search.ts';

const route = getRouteApi('/shell/signedIn/staff/office');
const perPage = 50;
const views = ['held', 'failed', 'all'] as const;

/** Orders that wait for the vendor, with who ordered what and why they wait. */
export function OfficeOrdersPage() {
  const t = useText();
  const { show = 'held' } = route.useSearch();
  const navigate = route.useNavigate();
  const { query, more, isLoadingMore } = usePages([...queryKeys.orders, 'office', show], (after, signal) =>
    api.listOrders({
      query: { limit: perPage, ...(after !== undefined && { after }), ...(show !== 'all' && { state: show }) },
      signal,
    }),
  );
  const failed = useFailedCount();
  const go = (search: OrderSearch) => void navigate({ search, replace: true });
  return (
    <Page title={t('office.orders.title')} lead={t('office.orders.lead')}>
      <SegmentedControl
        mb="md"
        aria-label={t('office.orders.show')}
        data={views.map((value) => ({ value, label: value === 'failed' ? failed : t(`office.orders.${value}`) }))}
        value={show}
        onChange={(value) => go(value === 'held' ? {} : { show: value })}
      />
      <Card padding={0}>
        <Loaded query={query}>
          {(orders) =>
            orders.length === 0 ? (
              <NoOrders show={show} onShowAll={() => go({ show: 'all' })} />
            ) : (
              <>
                <OrderTable orders={orders} />
                <MoreButton onMore={more} isLoading={isLoadingMore} />
              </>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

/** The word for failed orders with how many there are: nobody looks for what they don't know of. */
function useFailedCount(): string {
  const t = useText();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: [...queryKeys.orders, 'office', 'failedCount'],
    queryFn: ({ signal }) => api.listOrders({ query: { limit: perPage, state: 'failed' }, signal }),
  });
  const count = data?.items.length ?? 0;
  if (count === 0) return t('office.orders.failed');
  return t('office.orders.failedCount', { count: `${format.number(count)}${data?.next ? '+' : ''}` });
}

function OrderTable({ orders }: { orders: readonly Order[] }) {
  const t = useText();
  return (
    <ListTable label={t('office.orders.title')} minWidth={900}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('office.orders.number')}</Table.Th>
          <Table.Th>{t('office.orders.customer')}</Table.Th>
          <Table.Th>{t('office.orders.what')}</Table.Th>
          <Table.Th>{t('office.orders.why')}</Table.Th>
          <Table.Th>{t('office.orders.placed')}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t('desk.orders.actions')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {orders.map((order) => (
          <OfficeOrderRow key={order.id} order={order} />
        ))}
      </Table.Tbody>
    </ListTable>
  );
}

function NoOrders({ show, onShowAll }: { show: (typeof views)[number]; onShowAll: () => void }) {
  const t = useText();
  if (show === 'all') return <EmptyState icon={IconChecklist} title={t('office.orders.noneAll')} />;
  return (
    <EmptyState
      icon={IconChecklist}
      title={t(`office.orders.none.${show}`)}
      hint={<Text size="sm">{t('office.orders.none.hint')}</Text>}
      action={
        <Button variant="default" onClick={onShowAll}>
          {t('office.notices.showAll')}
        </Button>
      }
    />
  );
}
