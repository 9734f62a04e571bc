import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { plainRoute } from '../layout-route.tsx';

const linkRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/l/$linkId',
  component: lazyRouteComponent(() => import('./link-page.tsx'), 'LinkPage'),
});

export const linkRoutes = [linkRoute] as const;
