import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Endpoints } from '../../../contract/endpoints.ts';

/** What a deployment offers, and to whom, as its file says. */
export type Catalogue = ResponseOf<Endpoints['getCatalogue']>;
