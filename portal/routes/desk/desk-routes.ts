import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from '../layout-route.tsx';
import { ordersSearchOf } from './orders-search.ts';
import { saleSearchOf } from './sale-search.ts';

const deskRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: '/desk',
  validateSearch: saleSearchOf,
  component: lazyRouteComponent(() => import('./desk-page.tsx'), 'DeskPage'),
});

const ordersRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: '/desk/orders',
  validateSearch: ordersSearchOf,
  component: lazyRouteComponent(() => import('./orders-page.tsx'), 'OrdersPage'),
});

export const deskRoutes = [deskRoute, ordersRoute] as const;
