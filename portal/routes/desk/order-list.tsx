import { ActionIcon, Button, Menu, Table, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconFileInvoice } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { MenuItemLink, TextLink } from '../../components/link.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../text/use-text.ts';
import { OrderOwner } from './order-owner.tsx';
import { useSendOrderLink } from './order-watch.tsx';
import type { OrderState } from './orders-search.ts';

const perPage = 50;

interface OrderListProps {
  state: OrderState | undefined;
  onShowAll: () => void;
}

/** Orders, newest first. */
export function OrderList({ state, onShowAll }: OrderListProps) {
  const t = useText();
  const { query, more, isLoadingMore } = usePages([...queryKeys.orders, 'list', state], (after, signal) =>
    api.listOrders({
      query: { limit: perPage, ...(after !== undefined && { after }), ...(state && { state }) },
      signal,
    }),
  );
  return (
    <Loaded query={query}>
      {(orders) =>
        orders.length === 0 ? (
          <NoOrders isFiltered={state !== undefined} onShowAll={onShowAll} />
        ) : (
          <>
            <ListTable label={t('desk.orders.orders')} minWidth={720}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('desk.orders.number')}</Table.Th>
                  <Table.Th>{t('desk.orders.customer')}</Table.Th>
                  <Table.Th>{t('desk.orders.team')}</Table.Th>
                  <Table.Th>{t('desk.orders.state')}</Table.Th>
                  <Table.Th>{t('desk.orders.placed')}</Table.Th>
                  <Table.Th w={56}>
                    <VisuallyHidden>{t('desk.orders.actions')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {orders.map((order) => (
                  <OrderRow key={order.id} order={order} />
                ))}
              </Table.Tbody>
            </ListTable>
            <MoreButton onMore={more} isLoading={isLoadingMore} />
          </>
        )
      }
    </Loaded>
  );
}

function OrderRow({ order }: { order: Order }) {
  const t = useText();
  const sendLink = useSendOrderLink();
  const [isCorrecting, correcting] = useDisclosure();
  const search = { order: order.id, offer: order.offerId, customer: order.customerId };
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/desk" search={search} fw={600} style={{ whiteSpace: 'nowrap' }}>
          {order.number}
        </TextLink>
      </Table.Td>
      <Table.Td>{order.customerName}</Table.Td>
      <Table.Td>{order.teamName ?? <Text c="dimmed">{t('desk.orders.noTeam')}</Text>}</Table.Td>
      <Table.Td>
        <StateBadge kind="order" state={order.state} />
      </Table.Td>
      <Table.Td>
        <Moment at={order.placedAt} />
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('desk.orders.actionsOf', { number: order.number })} loading={sendLink.isPending}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <MenuItemLink to="/desk" search={search}>
              {t(order.state === 'pending' ? 'desk.order.complete' : 'desk.orders.openInDesk')}
            </MenuItemLink>
            {order.state === 'pending' && (
              <Menu.Item onClick={() => sendLink.start({ orderId: order.id, email: order.customerName })}>
                {t('desk.order.sendLink')}
              </Menu.Item>
            )}
            {order.teamId && <Menu.Item onClick={correcting.open}>{t('desk.team.correctOwner')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
        <OrderOwner order={order} isOpen={isCorrecting} onClose={correcting.close} />
      </Table.Td>
    </Table.Tr>
  );
}

function NoOrders({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  const t = useText();
  return (
    <EmptyState
      icon={IconFileInvoice}
      title={t(isFiltered ? 'desk.orders.noneInState' : 'desk.orders.noOrders.title')}
      hint={isFiltered ? undefined : t('desk.orders.noOrders.hint')}
      action={
        isFiltered && (
          <Button variant="default" onClick={onShowAll}>
            {t('desk.orders.showAll')}
          </Button>
        )
      }
    />
  );
}
