import { licenceEndpoints as e } from '../../../contract/licence.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { giveLicence, listLicences, moveLicence, takeLicence } from './licence.service.ts';

export function licenceRoutes(route: Route, ground: Ground): void {
  route(e.listLicences, ({ caller, params }) => listLicences(ground, caller, params.teamId));
  route(e.giveLicence, ({ caller, params, body, repeat }) =>
    giveLicence(ground, caller, { ...params, ...body, repeat }),
  );
  route(e.takeLicence, ({ caller, params, body, repeat }) =>
    takeLicence(ground, caller, { ...params, ...body, repeat }),
  );
  route(e.moveLicence, ({ caller, params, body, repeat }) =>
    moveLicence(ground, caller, { ...params, ...body, repeat }),
  );
}
