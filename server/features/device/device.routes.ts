import { deviceEndpoints } from '../../../contract/device.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { createAddressLimit, createRateLimit } from '../../platform/http/rate-limit.ts';
import type { Route } from '../../platform/http/route.ts';
import { approveDeviceRequest, denyDeviceRequest, findDeviceRequest } from './device.service.ts';

const TEN_MINUTES = 600;

/** The page on which somebody lets a device in. Codes are short, so guesses are counted (RFC 8628 section 5.1). */
export function deviceRoutes(route: Route, ground: Ground): void {
  const byAccount = createRateLimit(ground.clock, { tries: 30, seconds: TEN_MINUTES });
  const byAddress = createAddressLimit(ground.clock, { tries: 100, seconds: TEN_MINUTES });
  const count = ({ caller, address }: { caller: AccountCaller; address: string }) => {
    byAddress.take(address);
    byAccount.take(caller.accountId);
  };

  route(deviceEndpoints.findDeviceRequest, async (request) => {
    count(request);
    return findDeviceRequest(ground, request.body.userCode);
  });
  route(deviceEndpoints.approveDeviceRequest, async (request) => {
    count(request);
    return approveDeviceRequest(ground, request.caller, { ...request.body, repeat: request.repeat });
  });
  route(deviceEndpoints.denyDeviceRequest, async (request) => {
    count(request);
    return denyDeviceRequest(ground, request.caller, { ...request.body, repeat: request.repeat });
  });
}
