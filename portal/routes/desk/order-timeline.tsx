import { Text, Timeline } from '@mantine/core';
import { IconCheck, IconHourglass, IconLoader2, IconX } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { Moment } from '../../components/moment.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';

/** How far each state has come on the way from placed to completed. */
const reached: Record<Order['state'], number> = {
  acknowledged: 0,
  pending: 0,
  held: 0,
  inProgress: 1,
  failed: 1,
  cancelled: 0,
  completed: 2,
};

/** The way of an order, from placed to completed, with its times. */
export function OrderTimeline({ order, storageBytes }: { order: Order; storageBytes: number }) {
  const t = useText();
  const { state } = order;
  const waits = state === 'pending' || state === 'held';
  const isOff = state === 'failed' || state === 'cancelled';
  return (
    <Timeline active={reached[state]} bulletSize={24} lineWidth={2} aria-label={t('desk.order.timeline')} role="group">
      <Timeline.Item
        title={t('desk.order.placed')}
        bullet={waits ? <IconHourglass size={14} /> : <IconCheck size={14} />}
      >
        <Text size="sm" c="dimmed" component="div">
          <Moment at={order.placedAt} show="exact" />
          {order.placedByName && ` · ${t('desk.order.placedBy', { name: order.placedByName })}`}
        </Text>
      </Timeline.Item>
      <Timeline.Item
        title={isOff ? t(`state.order.${state}`) : t('desk.order.inProgress')}
        bullet={<ProgressSign state={state} />}
      >
        {state === 'inProgress' && (
          <Text size="sm" c="dimmed">
            {t('desk.order.inProgressHint')}
          </Text>
        )}
      </Timeline.Item>
      <Timeline.Item
        title={t('desk.order.completed')}
        bullet={state === 'completed' ? <IconCheck size={14} /> : undefined}
      >
        {order.completedAt && <Completed order={order} completedAt={order.completedAt} storageBytes={storageBytes} />}
      </Timeline.Item>
    </Timeline>
  );
}

function ProgressSign({ state }: Pick<Order, 'state'>) {
  if (state === 'completed') return <IconCheck size={14} />;
  if (state === 'inProgress') return <IconLoader2 size={14} />;
  return state === 'failed' || state === 'cancelled' ? <IconX size={14} /> : undefined;
}

interface CompletedProps {
  order: Order;
  completedAt: string;
  storageBytes: number;
}

function Completed({ order, completedAt, storageBytes }: CompletedProps) {
  const t = useText();
  const format = useFormat();
  const lines = order.items.map(({ quantity, productName: product }) =>
    t('desk.order.line', { quantity: format.number(quantity), product }),
  );
  const added = format.list(storageBytes > 0 ? [...lines, format.bytes(storageBytes)] : lines);
  const team = order.teamName ?? '';
  const endsOn = order.items.find((item) => item.endsOn)?.endsOn;
  return (
    <Text size="sm" c="dimmed" component="div">
      <div>
        <Moment at={completedAt} show="exact" />
        {endsOn && ` · ${t('desk.order.until', { date: format.day(endsOn) })}`}
      </div>
      <div>{t('desk.order.completedHint', { added, team })}</div>
    </Text>
  );
}
