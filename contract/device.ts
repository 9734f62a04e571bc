import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { moment } from './shape.ts';

/** What the device page shows before anybody clicks: which application asks, and from where. */
export const deviceRequest = z
  .object({
    userCode: z.string(),
    applicationName: z.string(),
    /** What the application said of its place, such as a host name; not verified. */
    place: z.string().nullable(),
    /** Network address that the request came from. */
    address: z.string(),
    requestedAt: moment,
    expiresAt: moment,
    /** How long the application stays signed in after a yes, unless the account ends it. */
    signedInDays: z.int(),
  })
  .meta({ id: 'DeviceRequest' });

const userCode = z.string().trim().min(8).max(12);

export const deviceEndpoints = {
  findDeviceRequest: endpoint({
    method: 'POST',
    path: '/v1/device-requests/find',
    tag: 'Device',
    summary: 'Finds a waiting device request by the code that the device shows',
    access: 'session',
    body: z.object({ userCode }),
    response: deviceRequest,
    codes: ['deviceCodeUnknown', 'deviceCodeDecided', 'tooManyRequests'],
  }),
  approveDeviceRequest: endpoint({
    method: 'POST',
    path: '/v1/device-requests/approve',
    tag: 'Device',
    summary: 'Lets the application on that device work as the caller',
    access: 'session',
    body: z.object({ userCode }),
    response: z.object({ applicationName: z.string() }),
    changes: true,
    codes: ['deviceCodeUnknown', 'deviceCodeDecided', 'tooManyRequests'],
  }),
  denyDeviceRequest: endpoint({
    method: 'POST',
    path: '/v1/device-requests/deny',
    tag: 'Device',
    summary: 'Refuses the application on that device',
    access: 'session',
    body: z.object({ userCode }),
    response: z.object({}),
    changes: true,
    codes: ['deviceCodeUnknown', 'deviceCodeDecided', 'tooManyRequests'],
  }),
};
