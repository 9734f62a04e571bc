import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { deploymentQuery } from '../../data/deployment.ts';
import { shellRoute } from '../layout-route.tsx';
import { mailboxSearchOf } from './mailbox-search.ts';

const mailboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mailbox',
  validateSearch: mailboxSearchOf,
  beforeLoad: async ({ context: { queryClient } }) => {
    const { demo } = await queryClient.ensureQueryData(deploymentQuery);
    if (!demo) throw notFound();
  },
  component: lazyRouteComponent(() => import('./mailbox-page.tsx'), 'MailboxPage'),
});

export const mailboxRoutes = [mailboxRoute] as const;
