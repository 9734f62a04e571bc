import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../layout-route.tsx';

const teamsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/teams',
  component: lazyRouteComponent(() => import('./teams-page.tsx'), 'TeamsPage'),
});

const teamRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/teams/$teamId',
  component: lazyRouteComponent(() => import('./team-page.tsx'), 'TeamPage'),
});

const licencesRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./team-licences-tab.tsx'), 'TeamLicencesTab'),
});

const storageRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/storage',
  component: lazyRouteComponent(() => import('./team-storage-tab.tsx'), 'TeamStorageTab'),
});

const recordRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/record',
  component: lazyRouteComponent(() => import('./team-record-tab.tsx'), 'TeamRecordTab'),
});

const settingsRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./team-settings-tab.tsx'), 'TeamSettingsTab'),
});

export const teamRoutes = [
  teamsRoute,
  teamRoute.addChildren([licencesRoute, storageRoute, recordRoute, settingsRoute]),
] as const;
