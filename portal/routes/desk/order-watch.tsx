import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Order } from '../../../contract/order.ts';
import { announce } from '../../components/announcer.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { showMessage } from '../../components/show-message.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import type { TextId } from '../../text/en.ts';
import { useText } from '../../text/use-text.ts';
import { OrderTimeline } from './order-timeline.tsx';
import { TeamChoice } from './team-choice.tsx';
import type { CustomerDetails, Sale } from './use-sale.ts';

/** An order on its way, live, with what happens next where it waits. */
export function OrderWatch({ order, sale }: { order: Order; sale: Sale }) {
  const t = useText();
  const stateText = t(`state.order.${order.state}`);
  useEffect(() => announce(stateText), [stateText]);
  const explanation = explanationOf(order);
  const isOver = order.state === 'completed' || order.state === 'cancelled';
  return (
    <Stack>
      <CopyText
        text={order.number}
        shown={t('desk.order.number', { number: order.number })}
        what={t('desk.order.what')}
      />
      <OrderTimeline order={order} storageBytes={sale.offer.data?.storageBytes ?? 0} />
      {explanation && (
        <Alert
          color={order.state === 'failed' || order.state === 'cancelled' ? 'red' : 'yellow'}
          icon={<IconInfoCircle />}
          title={isOver ? undefined : t('desk.order.next')}
        >
          {t(explanation, { email: sale.offer.data?.contactEmail ?? '' })}
          {order.refusedText && <Text size="sm">{order.refusedText}</Text>}
        </Alert>
      )}
      {order.state === 'pending' && (
        <Loaded query={sale.customer}>{(customer) => <PendingActions order={order} customer={customer} />}</Loaded>
      )}
      {isOver && (
        <Group>
          <Button autoFocus onClick={() => sale.restart()}>
            {t('desk.nextCall')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function PendingActions({ order, customer }: { order: Order; customer: CustomerDetails }) {
  const t = useText();
  const client = useQueryClient();
  const [isNaming, setNaming] = useState(false);
  const complete = useAction({
    run: (teamId: string, idempotencyKey) => api.completeOrder({ orderId: order.id, body: { teamId }, idempotencyKey }),
    onDone: (completed) => client.setQueryData(queryKeys.order(order.id), completed),
    changes: [queryKeys.orders, queryKeys.customers],
    failure: 'page',
  });
  const sendLink = useSendOrderLink();
  return (
    <Stack>
      <ProblemAlert error={complete.error} onRetry={complete.retry} />
      {isNaming && <TeamChoice customer={customer} onChoose={complete.start} />}
      <Group gap="xs">
        {!isNaming && (
          <Button variant="default" onClick={() => setNaming(true)}>
            {t('desk.order.complete')}
          </Button>
        )}
        <Button
          variant="default"
          loading={sendLink.isPending}
          onClick={() => sendLink.start({ orderId: order.id, email: customer.customer.contactEmail })}
        >
          {t('desk.order.sendLink')}
        </Button>
      </Group>
      {complete.isPending && <Text size="sm">{t('component.loading')}</Text>}
    </Stack>
  );
}

/** Sends the customer's contact a new link to name the team of a pending order. */
export function useSendOrderLink() {
  const t = useText();
  return useAction({
    run: ({ orderId }: { orderId: string; email: string }, idempotencyKey) =>
      api.sendOrderLink({ orderId, idempotencyKey }),
    onDone: (_, { email }) => showMessage(t('desk.order.sendLink.done', { email })),
    changes: [queryKeys.orders],
  });
}

/** What happens next where an order does not simply go on. */
export function explanationOf({ state, reason }: Pick<Order, 'state' | 'reason'>): TextId | undefined {
  switch (state) {
    case 'pending':
      return `desk.order.pending.${isPendingReason(reason) ? reason : 'teamAndOwnerUnknown'}`;
    case 'held':
      return `desk.order.held.${reason === 'review' || reason === 'disputed' ? reason : 'other'}`;
    case 'failed':
      return 'desk.order.failed';
    case 'cancelled':
      return reason === 'refused' ? 'desk.order.refused' : 'desk.order.cancelled';
    default:
      return undefined;
  }
}

const pendingReasons = [
  'teamAndOwnerUnknown',
  'teamNameUnknown',
  'ownerUnknown',
  'noTeamMatches',
  'severalTeamsMatch',
] as const;

function isPendingReason(reason: Order['reason']): reason is (typeof pendingReasons)[number] {
  return pendingReasons.some((known) => known === reason);
}
