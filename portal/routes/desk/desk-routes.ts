import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from '../layout-route.tsx';

const deskRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: '/desk',
  component: lazyRouteComponent(() => import('./desk-page.tsx'), 'DeskPage'),
});

const ordersRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: '/desk/orders',
  component: lazyRouteComponent(() => import('./orders-page.tsx'), 'OrdersPage'),
});

export const deskRoutes = [deskRoute, ordersRoute] as const;
