import { queryOptions, skipToken } from '@tanstack/react-query';
import type { OrderState } from '../../../domain/order.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';

/** A customer with its teams and the numbers that are proposed for it. */
export const customerQuery = (customerId: string | undefined) =>
  queryOptions({
    queryKey: queryKeys.customer(customerId ?? ''),
    queryFn: customerId ? ({ signal }) => api.getCustomer({ customerId, signal }) : skipToken,
  });

export const offerQuery = (offerId: string | undefined) =>
  queryOptions({
    queryKey: queryKeys.offer(offerId ?? ''),
    queryFn: offerId ? ({ signal }) => api.getOffer({ offerId, signal }) : skipToken,
  });

const moving: ReadonlySet<OrderState> = new Set(['acknowledged', 'inProgress']);
const lookAgainMillis = 4_000;

/** An order; the stream tells of its changes, and while it moves it is looked at again besides. */
export const orderQuery = (orderId: string | undefined) =>
  queryOptions({
    queryKey: queryKeys.order(orderId ?? ''),
    queryFn: orderId ? ({ signal }) => api.getOrder({ orderId, signal }) : skipToken,
    refetchInterval: ({ state }) => (state.data && moving.has(state.data.state) ? lookAgainMillis : false),
  });

export const priceListQuery = queryOptions({
  queryKey: queryKeys.priceList,
  queryFn: ({ signal }) => api.getPriceList({ signal }),
  staleTime: 300_000,
});

/** The agent's own requests for customers, newest first. */
export const requestsQuery = queryOptions({
  queryKey: [...queryKeys.customerRequests, 'own'],
  queryFn: ({ signal }) => api.listCustomerRequests({ query: { limit: 50 }, signal }),
});
