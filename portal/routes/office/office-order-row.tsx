import { Group, Table, Text } from '@mantine/core';
import type { Order } from '../../../contract/order.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { showMessage } from '../../components/show-message.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import type { TextId } from '../../text/en.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import { RefuseOrder } from './refuse-order.tsx';

/** One order with what the back office needs to decide on it. */
export function OfficeOrderRow({ order }: { order: Order }) {
  const t = useText();
  const format = useFormat();
  const reason = reasonOf(order);
  const lines = format.list(
    order.items.map(({ quantity, productName: product }) =>
      t('desk.order.line', { quantity: format.number(quantity), product }),
    ),
  );
  const isDecidable = order.state === 'held' || order.state === 'failed';
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} style={{ whiteSpace: 'nowrap' }}>
          {order.number}
        </Text>
        <StateBadge kind="order" state={order.state} />
      </Table.Td>
      <Table.Td>
        <Text>{order.customerName}</Text>
        <Text size="sm" c="dimmed">
          {order.customerNumber}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text>{lines}</Text>
        <Text size="sm" c="dimmed">
          {t('office.orders.team')}: {order.teamName ?? t('office.orders.noTeam')}
        </Text>
      </Table.Td>
      <Table.Td maw={240}>{reason && <Text size="sm">{t(reason)}</Text>}</Table.Td>
      <Table.Td>
        <Moment at={order.placedAt} />
        <Text size="sm" c="dimmed">
          {order.placedByName
            ? t('office.orders.by', { agent: order.placedByName, partner: order.partnerName })
            : order.partnerName}
        </Text>
      </Table.Td>
      <Table.Td>{isDecidable && <Decision order={order} lines={lines} />}</Table.Td>
    </Table.Tr>
  );
}

function Decision({ order, lines }: { order: Order; lines: string }) {
  const t = useText();
  const process = useAction({
    run: (orderId: string, idempotencyKey) => api.processOrder({ orderId, idempotencyKey }),
    onDone: ({ number }) => showMessage(t('office.orders.process.done', { number })),
    changes: [queryKeys.orders],
  });
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <ConfirmButton
        variant="filled"
        size="compact-sm"
        question={t('office.orders.process.question', { number: order.number })}
        consequence={t('office.orders.process.consequence', {
          lines,
          team: order.teamName ?? t('office.orders.noTeam'),
          customer: order.customerName,
        })}
        loading={process.isPending}
        onConfirm={() => process.start(order.id)}
      >
        {t(order.state === 'failed' ? 'office.orders.processAgain' : 'office.orders.process')}
      </ConfirmButton>
      <RefuseOrder order={order} />
    </Group>
  );
}

function reasonOf({ state, reason }: Order): TextId | undefined {
  if (state === 'pending' || state === 'failed') return `office.orders.reason.${state}`;
  if (reason === 'review' || reason === 'disputed')
    return state === 'held' ? `office.orders.reason.${reason}` : undefined;
  return reason === 'refused' ? 'office.orders.reason.refused' : undefined;
}
