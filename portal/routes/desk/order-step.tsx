import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import { OrderWatch } from './order-watch.tsx';
import type { StepState } from './sale-step.ts';
import { stepState } from './sale-step.ts';
import { Step } from './step.tsx';
import type { Sale } from './use-sale.ts';

/** The order: placed with one button, then watched to its end. */
export function OrderStep({ sale }: { sale: Sale }) {
  const order = sale.orderId ? sale.order.data : undefined;
  const state: StepState = order?.state === 'completed' ? 'done' : stepState('order', sale.current);
  return (
    <Step step="order" state={state} badge={order && <StateBadge kind="order" state={order.state} />}>
      {sale.orderId ? (
        <Loaded query={sale.order}>{(placed) => <OrderWatch order={placed} sale={sale} />}</Loaded>
      ) : (
        <Loaded query={sale.offer}>{(offer) => <PlaceOrder offer={offer} sale={sale} />}</Loaded>
      )}
    </Step>
  );
}

function PlaceOrder({ offer, sale }: { offer: Offer; sale: Sale }) {
  const t = useText();
  const format = useFormat();
  const client = useQueryClient();
  const team = sale.customer.data?.teams.find(({ id }) => id === sale.team);
  const place = useAction({
    run: (teamId: string | undefined, idempotencyKey) =>
      api.placeOrder({ body: { offerId: offer.id, ...(teamId && { teamId }) }, idempotencyKey }),
    onDone: (order) => {
      client.setQueryData(queryKeys.order(order.id), order);
      sale.go({ order: order.id });
    },
    changes: [queryKeys.offers, queryKeys.customers],
    failure: 'page',
  });
  const lines = offer.lines.map(({ quantity, productName: product }) =>
    t('desk.order.line', { quantity: format.number(quantity), product }),
  );
  return (
    <Stack align="flex-start">
      <ProblemAlert error={place.error} onRetry={place.retry} />
      <Text>
        {t('desk.order.summary', {
          lines: format.list(lines),
          customer: offer.customerName,
          total: format.money(offer.total.amountMinor, offer.total.currency),
        })}{' '}
        {team ? t('desk.order.toTeam', { team: team.name }) : t('desk.order.toLater')}
      </Text>
      <Group>
        <Button
          size="md"
          autoFocus
          loading={place.isPending}
          onClick={() => place.start(sale.team === 'later' ? undefined : sale.team)}
        >
          {t('desk.order.place')}
        </Button>
      </Group>
    </Stack>
  );
}
