import { recordEndpoints as e } from '../../../contract/record.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { listRecord } from './record.service.ts';

export function recordRoutes(route: Route, ground: Ground): void {
  route(e.listRecord, ({ caller, query }) => listRecord(ground, caller, query));
}
