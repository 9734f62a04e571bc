import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { plainRoute, signedInRoute } from '../layout-route.tsx';
import type { Target } from './target.ts';
import { targetOf } from './target.ts';

const signInRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/sign-in',
  validateSearch: (search): Target => targetOf(search),
  beforeLoad: ({ context: { me }, search }) => {
    if (me) throw redirect({ href: search.to ?? '/' });
  },
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const signUpRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./sign-up-page.tsx'), 'SignUpPage'),
});

const forgotRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/forgot',
  component: lazyRouteComponent(() => import('./forgot-page.tsx'), 'ForgotPage'),
});

const profileRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/profile',
  component: lazyRouteComponent(() => import('./profile-page.tsx'), 'ProfilePage'),
});

export const accountPlainRoutes = [signInRoute, signUpRoute, forgotRoute] as const;
export const accountRoutes = [profileRoute] as const;
