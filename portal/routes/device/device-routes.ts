import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../layout-route.tsx';
import type { DeviceSearch } from './device-code.ts';
import { deviceSearch } from './device-code.ts';

const deviceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/device',
  validateSearch: (search): DeviceSearch => deviceSearch(search),
  component: lazyRouteComponent(() => import('./device-page.tsx'), 'DevicePage'),
});

export const deviceRoutes = [deviceRoute] as const;
