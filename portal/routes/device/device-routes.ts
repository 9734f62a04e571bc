import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../layout-route.tsx';

const deviceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/device',
  component: lazyRouteComponent(() => import('./device-page.tsx'), 'DevicePage'),
});

export const deviceRoutes = [deviceRoute] as const;
