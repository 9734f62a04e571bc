import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../layout-route.tsx';
import type { WhySearch } from './why-search.ts';
import { whySearch } from './why-search.ts';

const whyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/why',
  validateSearch: (search): WhySearch => whySearch(search),
  component: lazyRouteComponent(() => import('./why-page.tsx'), 'WhyPage'),
});

export const whyRoutes = [whyRoute] as const;
