import type { Hono } from 'hono';
import { leaseEndpoints } from '../../../contract/lease.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { bearerOf } from '../../platform/http/authenticate.ts';
import { parseJson, readBody } from '../../platform/http/body.ts';
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
export function issueRoute(http: Hono, issueLease: IssueLease): void {
  const { path, body, response } = leaseEndpoints.issueLease;
  http.post(path, async (c) => {
    const token = bearerOf(c.req.header('authorization'));
    if (!token) throw new AppError('notSignedIn');
    const bytes = await readBody(c.req.raw, BODY_LIMIT_BYTES);
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw new AppError('unsupportedMediaType');
    const asked = body.safeParse(parseJson(bytes));
    if (!asked.success) throw new AppError('invalidRequest', { fields: fieldsOf(asked.error) });
    const lease = await issueLease({ token, proof: c.req.header('dpop'), ...asked.data });
    return c.json(response.parse(lease), 200, { 'cache-control': 'no-store' });
  });
}

function fieldsOf({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }) {
  return issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}
