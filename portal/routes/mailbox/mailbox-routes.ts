import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { deploymentQuery } from '../../data/deployment.ts';
import { shellRoute } from '../layout-route.tsx';

const mailboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mailbox',
  beforeLoad: async ({ context: { queryClient } }) => {
    const { demo } = await queryClient.ensureQueryData(deploymentQuery);
    if (!demo) throw notFound();
  },
  component: lazyRouteComponent(() => import('./mailbox-page.tsx'), 'MailboxPage'),
});

export const mailboxRoutes = [mailboxRoute] as const;
