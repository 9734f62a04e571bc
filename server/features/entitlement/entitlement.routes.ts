import { entitlementEndpoints as e } from '../../../contract/entitlement.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { listMyEntitlements } from './entitlement.service.ts';

export function entitlementRoutes(route: Route, ground: Ground): void {
  route(e.listMyEntitlements, ({ caller, query }) => listMyEntitlements(ground, caller, query));
}
