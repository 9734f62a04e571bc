import { deploymentEndpoints } from '../../../contract/deployment.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';

/** What everybody may know of the deployment; nothing of it is secret. */
export function deploymentRoutes(route: Route, { settings }: Ground, version: string): void {
  const { vendorName, accentColour, languages, currency, timeZone, demo, invitationDays } = settings;
  const shown = {
    vendorName,
    accentColour,
    languages: [...languages],
    currency,
    timeZone,
    demo,
    invitationDays,
    version,
  };
  route(deploymentEndpoints.getDeployment, async () => shown);
}
