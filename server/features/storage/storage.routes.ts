import { storageEndpoints as e } from '../../../contract/storage.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { getStorage } from './storage.service.ts';

export function storageRoutes(route: Route, ground: Ground): void {
  route(e.getStorage, ({ caller, params }) => getStorage(ground, caller, params.teamId));
}
