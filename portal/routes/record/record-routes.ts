import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../layout-route.tsx';

const recordRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/record',
  component: lazyRouteComponent(() => import('./record-page.tsx'), 'RecordPage'),
});

export const recordRoutes = [recordRoute] as const;
