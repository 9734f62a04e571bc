import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Endpoints } from '../../../contract/endpoints.ts';
import type { Order } from '../../../contract/order.ts';
import type { Offer } from '../link/offer-lines.tsx';
import { customerQuery, offerQuery, orderQuery } from './sale-queries.ts';
import type { SaleSearch } from './sale-search.ts';
import { saleSearchOf } from './sale-search.ts';
import type { SaleStep } from './sale-step.ts';
import { currentStep } from './sale-step.ts';

export type CustomerDetails = ResponseOf<Endpoints['getCustomer']>;
export type CustomerTeam = CustomerDetails['teams'][number];

/** What is set anew in the address; undefined takes it away. */
export type SaleChange = { readonly [Name in keyof SaleSearch]: string | undefined };

/** One sale as the address names it, with all that the server knows of it. */
export interface Sale {
  readonly requestId: string | undefined;
  readonly customerId: string | undefined;
  readonly offerId: string | undefined;
  readonly orderId: string | undefined;
  /** The team that was chosen, or `later`. */
  readonly team: string | undefined;
  readonly customer: UseQueryResult<CustomerDetails>;
  readonly offer: UseQueryResult<Offer>;
  readonly order: UseQueryResult<Order>;
  readonly current: SaleStep;
  /** Goes on with this sale. */
  readonly go: (change: SaleChange) => void;
  /** Begins another sale, for a customer or with nothing. */
  readonly restart: (search?: SaleSearch) => void;
}

const route = getRouteApi('/shell/signedIn/agent/desk');

/** Reads the sale that the address names. An order alone leads to its offer, an offer alone to its customer. */
export function useSale(): Sale {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const named = useQuery(orderQuery(search.order));
  const offerId = search.offer ?? named.data?.offerId;
  const offer = useQuery(offerQuery(offerId));
  const orderId = search.order ?? offer.data?.orderId ?? undefined;
  const order = useQuery(orderQuery(orderId));
  const customerId = search.customer ?? offer.data?.customerId;
  const customer = useQuery(customerQuery(customerId));
  return {
    requestId: search.request,
    customerId,
    offerId,
    orderId,
    team: search.team,
    customer,
    offer,
    order,
    current: currentStep({
      hasCustomer: customer.data !== undefined,
      offerPhase: offer.data?.phase,
      hasTeam: search.team !== undefined,
      hasOrder: orderId !== undefined,
    }),
    go: (change) =>
      void navigate({ search: (now) => saleSearchOf({ ...now, ...change }), replace: true, resetScroll: false }),
    restart: (next = {}) => void navigate({ search: next }),
  };
}
