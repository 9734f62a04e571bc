import { offerEndpoints } from '../../../contract/offer.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { cancelOffer, changeOffer, getOffer, listOffers, makeOffer, sendOffer } from './offer.service.ts';
import { acceptOfferByPhone } from './offer-answer.service.ts';

export function offerRoutes(route: Route, ground: Ground): void {
  route(offerEndpoints.listOffers, ({ caller, query }) => listOffers(ground, caller, query));
  route(offerEndpoints.makeOffer, ({ caller, body, repeat }) => makeOffer(ground, caller, { wanted: body, repeat }));
  route(offerEndpoints.getOffer, ({ caller, params }) => getOffer(ground, caller, params.offerId));
  route(offerEndpoints.changeOffer, ({ caller, params, body, ifMatch }) =>
    changeOffer(ground, caller, { id: params.offerId, ifMatch, wanted: body }),
  );
  route(offerEndpoints.sendOffer, ({ caller, params, ifMatch, repeat }) =>
    sendOffer(ground, caller, { id: params.offerId, ifMatch, repeat }),
  );
  route(offerEndpoints.acceptOfferByPhone, ({ caller, params, body, ifMatch, repeat }) =>
    acceptOfferByPhone(ground, caller, { id: params.offerId, ifMatch, ...body, acceptedAt: body.acceptedAt, repeat }),
  );
  route(offerEndpoints.cancelOffer, ({ caller, params, ifMatch, repeat }) =>
    cancelOffer(ground, caller, { id: params.offerId, ifMatch, repeat }),
  );
}
