import { catalogueEndpoints } from '../../../contract/catalogue.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { getCatalogue, getPriceList } from './catalogue.service.ts';

/** @param source Where the catalogue comes from, as staff read it: the name of the deployment's file. */
export function catalogueRoutes(route: Route, ground: Ground, source: string): void {
  route(catalogueEndpoints.getPriceList, ({ caller }) => getPriceList(ground, caller));
  route(catalogueEndpoints.getCatalogue, ({ caller }) => getCatalogue(ground, caller, source));
}
