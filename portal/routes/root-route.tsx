import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import { Announcer } from '../components/announcer.tsx';
import { Shell } from '../components/shell.tsx';
import { deploymentQuery } from '../data/deployment.ts';
import { meQuery } from '../data/me.ts';
import { ErrorPage } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';

/** Reads whose deployment this is and who is signed in, before any page. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context: { queryClient } }) => {
    const [me] = await Promise.all([
      queryClient.ensureQueryData(meQuery),
      queryClient.ensureQueryData(deploymentQuery),
    ]);
    return { me };
  },
  component: () => (
    <>
      <Outlet />
      <Announcer />
    </>
  ),
  errorComponent: ({ error }) => (
    <Shell>
      <ErrorPage error={error} />
    </Shell>
  ),
  notFoundComponent: () => (
    <Shell>
      <NotFoundPage />
    </Shell>
  ),
});
