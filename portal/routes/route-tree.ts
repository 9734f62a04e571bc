import { accountPlainRoutes, accountRoutes } from './account/account-routes.ts';
import { deskRoutes } from './desk/desk-routes.ts';
import { deviceRoutes } from './device/device-routes.ts';
import { homeRoutes } from './home/home-routes.ts';
import { agentRoute, plainRoute, shellRoute, signedInRoute, staffRoute } from './layout-route.tsx';
import { linkRoutes } from './link/link-routes.ts';
import { mailboxRoutes } from './mailbox/mailbox-routes.ts';
import { officeRoutes } from './office/office-routes.ts';
import { recordRoutes } from './record/record-routes.ts';
import { rootRoute } from './root-route.tsx';
import { teamRoutes } from './team/team-routes.ts';
import { whyRoutes } from './why/why-routes.ts';

/** All pages; each area lists its own in `<area>/<area>-routes.ts`. */
export const routeTree = rootRoute.addChildren([
  plainRoute.addChildren([...accountPlainRoutes, ...linkRoutes]),
  shellRoute.addChildren([
    ...mailboxRoutes,
    signedInRoute.addChildren([
      ...homeRoutes,
      ...accountRoutes,
      ...teamRoutes,
      ...deviceRoutes,
      ...recordRoutes,
      ...whyRoutes,
      agentRoute.addChildren([...deskRoutes]),
      staffRoute.addChildren([...officeRoutes]),
    ]),
  ]),
]);
