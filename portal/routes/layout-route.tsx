import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { PlainShell } from '../components/plain-shell.tsx';
import { Shell } from '../components/shell.tsx';
import { useSignedIn } from '../data/me.ts';
import { ErrorPage } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { rootRoute } from './root-route.tsx';
import { WrongRolePage } from './wrong-role-page.tsx';

/** Pages without navigation: signing in, and what links from mails open. */
export const plainRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'plain',
  component: () => (
    <PlainShell>
      <Outlet />
    </PlainShell>
  ),
});

/** Pages within the navigation of whoever is signed in; they show to others, too. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});

/** Pages for somebody signed in; everybody else signs in first and comes back. */
export const signedInRoute = createRoute({
  getParentRoute: () => shellRoute,
  id: 'signedIn',
  beforeLoad: ({ context: { me }, location }) => {
    if (!me) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    return { me };
  },
  errorComponent: ErrorPage,
});

export const agentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'agent',
  component: () => (useSignedIn().agentOf ? <Outlet /> : <WrongRolePage />),
});

export const staffRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'staff',
  component: () => (useSignedIn().staff ? <Outlet /> : <WrongRolePage />),
});
