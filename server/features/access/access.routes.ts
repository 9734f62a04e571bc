import { accessEndpoints as e } from '../../../contract/access.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { evaluate } from './access.service.ts';

export function accessRoutes(route: Route, ground: Ground): void {
  route(e.evaluate, ({ caller, body }) => evaluate(ground, caller, body));
}
