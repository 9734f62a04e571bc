import { orderEndpoints } from '../../../contract/order.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { getOrder, listOrders, placeOrder } from './order.service.ts';
import { processOrder, refuseOrder } from './order-decision.service.ts';
import { completeOrder, sendOrderLink } from './order-team.service.ts';

export function orderRoutes(route: Route, ground: Ground): void {
  route(orderEndpoints.listOrders, ({ caller, query }) => listOrders(ground, caller, query));
  route(orderEndpoints.placeOrder, ({ caller, body, repeat }) => placeOrder(ground, caller, { wanted: body, repeat }));
  route(orderEndpoints.getOrder, ({ caller, params }) => getOrder(ground, caller, params.orderId));
  route(orderEndpoints.completeOrder, ({ caller, params, body, repeat }) =>
    completeOrder(ground, caller, { id: params.orderId, said: body, repeat }),
  );
  route(orderEndpoints.sendOrderLink, ({ caller, params, repeat }) =>
    sendOrderLink(ground, caller, { id: params.orderId, repeat }),
  );
  route(orderEndpoints.processOrder, ({ caller, params, repeat }) =>
    processOrder(ground, caller, { id: params.orderId, repeat }),
  );
  route(orderEndpoints.refuseOrder, ({ caller, params, body, repeat }) =>
    refuseOrder(ground, caller, { id: params.orderId, reason: body.reason, repeat }),
  );
}
