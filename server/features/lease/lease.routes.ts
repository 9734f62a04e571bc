import type { z } from 'zod';
import { leaseEndpoints } from '../../../contract/lease.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { bearerOf } from '../../platform/http/authenticate.ts';
import type { LeanRoute } from '../../platform/http/lean-route.ts';
import { isJson } from '../../platform/http/lean-route.ts';
import type { Route } from '../../platform/http/route.ts';
import type { IssueLease } from './lease.service.ts';
import { listMyLeases, listTeamLeases } from './lease-list.service.ts';

const BODY_LIMIT_BYTES = 4096;

/** What people see of leases; see {@link issueRoute} for what applications ask. */
export function leaseRoutes(route: Route, ground: Ground): void {
  route(leaseEndpoints.listMyLeases, ({ caller }) => listMyLeases(ground, caller));
  route(leaseEndpoints.listTeamLeases, ({ caller, params, query }) =>
    listTeamLeases(ground, caller, { ...params, ...query }),
  );
}

/**
 * Issues leases. It does not go through the common guard: who asks is found out by the very statement that writes the
 * lease, together with everybody else who asks at that moment.
 */
export function issueRoute(issueLease: IssueLease): LeanRoute {
  const endpoint = leaseEndpoints.issueLease;
  return {
    endpoint,
    limitBytes: BODY_LIMIT_BYTES,
    open({ authorization, contentType, dpop: proof }) {
      const token = bearerOf(authorization);
      if (!token) throw new AppError('notSignedIn');
      if (!isJson(contentType)) throw new AppError('unsupportedMediaType');
      return async (body) => {
        const asked = endpoint.body.safeParse(body);
        if (!asked.success) throw new AppError('invalidRequest', { fields: fieldsOf(asked.error) });
        return JSON.stringify(await issueLease({ ...asked.data, token, proof }));
      };
    },
  };
}

function fieldsOf({ issues }: z.ZodError): { path: string; message: string }[] {
  return issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}
