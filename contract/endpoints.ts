import { accessEndpoints } from './access.ts';
import { accountEndpoints } from './account.ts';
import { catalogueEndpoints } from './catalogue.ts';
import { customerEndpoints } from './customer.ts';
import { deploymentEndpoints } from './deployment.ts';
import { deviceEndpoints } from './device.ts';
import { entitlementEndpoints } from './entitlement.ts';
import { leaseEndpoints } from './lease.ts';
import { licenceEndpoints } from './licence.ts';
import { linkEndpoints } from './link.ts';
import { noticeEndpoints } from './notice.ts';
import { offerEndpoints } from './offer.ts';
import { orderEndpoints } from './order.ts';
import { receiptEndpoints } from './receipt.ts';
import { recordEndpoints } from './record.ts';
import { storageEndpoints } from './storage.ts';
import { teamEndpoints } from './team.ts';
import { whyEndpoints } from './why.ts';

/** Every JSON address of the API by its operation name. Server routes, the OpenAPI document and the client follow from it. */
export const endpoints = {
  ...deploymentEndpoints,
  ...accountEndpoints,
  ...catalogueEndpoints,
  ...customerEndpoints,
  ...offerEndpoints,
  ...orderEndpoints,
  ...teamEndpoints,
  ...licenceEndpoints,
  ...storageEndpoints,
  ...entitlementEndpoints,
  ...leaseEndpoints,
  ...accessEndpoints,
  ...deviceEndpoints,
  ...receiptEndpoints,
  ...whyEndpoints,
  ...linkEndpoints,
  ...noticeEndpoints,
  ...recordEndpoints,
};

export type Endpoints = typeof endpoints;
export type OperationName = keyof Endpoints;
