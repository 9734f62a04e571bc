import { Card, Group, SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { ButtonLink } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { stateTones } from '../../components/state-tone.ts';
import { useText } from '../../text/use-text.ts';
import { OfferList } from './offer-list.tsx';
import { OrderList } from './order-list.tsx';
import type { OfferPhase, OrderState, OrdersSearch } from './orders-search.ts';
import { StateFilter } from './state-filter.tsx';

const route = getRouteApi('/shell/signedIn/agent/desk/orders');

// The keys of the tables are the states; Object.keys types them as plain strings.
const phases = Object.keys(stateTones.offer) as OfferPhase[];
const states = Object.keys(stateTones.order) as OrderState[];

/** What this partner has offered and ordered, each a click away from where it stands. */
export function OrdersPage() {
  const t = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: OrdersSearch) => void navigate({ search: next, replace: true });
  const isOrders = search.show === 'orders';
  return (
    <Page
      title={t('desk.orders.title')}
      lead={t('desk.orders.lead')}
      actions={<ButtonLink to="/desk">{t('desk.orders.startSale')}</ButtonLink>}
    >
      <Group justify="space-between" mb="md" gap="sm">
        <SegmentedControl
          aria-label={t('desk.orders.show')}
          data={[
            { value: 'offers', label: t('desk.orders.offers') },
            { value: 'orders', label: t('desk.orders.orders') },
          ]}
          value={isOrders ? 'orders' : 'offers'}
          onChange={(value) => show(value === 'orders' ? { show: 'orders' } : {})}
        />
        {isOrders ? (
          <StateFilter
            kind="order"
            states={states}
            value={search.state}
            onChange={(state) => show({ show: 'orders', ...(state && { state }) })}
          />
        ) : (
          <StateFilter
            kind="offer"
            states={phases}
            value={search.phase}
            onChange={(phase) => show(phase ? { phase } : {})}
          />
        )}
      </Group>
      <Card padding={0}>
        {isOrders ? (
          <OrderList state={search.state} onShowAll={() => show({ show: 'orders' })} />
        ) : (
          <OfferList phase={search.phase} onShowAll={() => show({})} />
        )}
      </Card>
    </Page>
  );
}
