import { customerEndpoints } from '../../../contract/customer.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { getCustomer, listCustomers } from './customer.service.ts';
import {
  confirmCustomerRequest,
  declineCustomerRequest,
  listCustomerRequests,
  requestCustomer,
} from './customer-request.service.ts';

export function customerRoutes(route: Route, ground: Ground): void {
  route(customerEndpoints.listCustomers, ({ caller, query }) => listCustomers(ground, caller, query));
  route(customerEndpoints.getCustomer, ({ caller, params }) => getCustomer(ground, caller, params.customerId));
  route(customerEndpoints.requestCustomer, ({ caller, body, repeat }) =>
    requestCustomer(ground, caller, { wanted: body, repeat }),
  );
  route(customerEndpoints.listCustomerRequests, ({ caller, query }) => listCustomerRequests(ground, caller, query));
  route(customerEndpoints.confirmCustomerRequest, ({ caller, params, repeat }) =>
    confirmCustomerRequest(ground, caller, { id: params.requestId, repeat }),
  );
  route(customerEndpoints.declineCustomerRequest, ({ caller, params, repeat }) =>
    declineCustomerRequest(ground, caller, { id: params.requestId, repeat }),
  );
}
