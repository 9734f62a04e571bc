import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { staffRoute } from '../layout-route.tsx';
import { customerSearchOf, noticeSearchOf, orderSearchOf, requestSearchOf } from './office-search.ts';

const ordersRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/office',
  validateSearch: orderSearchOf,
  component: lazyRouteComponent(() => import('./office-orders-page.tsx'), 'OfficeOrdersPage'),
});

const noticesRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/office/notices',
  validateSearch: noticeSearchOf,
  component: lazyRouteComponent(() => import('./notices-page.tsx'), 'NoticesPage'),
});

const requestsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/office/requests',
  validateSearch: requestSearchOf,
  component: lazyRouteComponent(() => import('./customer-requests-page.tsx'), 'CustomerRequestsPage'),
});

const customersRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/office/customers',
  validateSearch: customerSearchOf,
  component: lazyRouteComponent(() => import('./customers-page.tsx'), 'CustomersPage'),
});

const catalogueRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/office/catalogue',
  component: lazyRouteComponent(() => import('./catalogue-page.tsx'), 'CataloguePage'),
});

export const officeRoutes = [ordersRoute, noticesRoute, requestsRoute, customersRoute, catalogueRoute] as const;
