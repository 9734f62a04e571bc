import type { Hono } from 'hono';
import { leaseEndpoints } from '../../../contract/lease.ts';
import type { Keyring } from './keyring.service.ts';

const CACHE_SECONDS = 300;

/** The public keys (RFC 7517), for whoever verifies leases and status lists; unlike other answers they may be cached. */
export function signingKeyRoutes(http: Hono, keyring: Keyring): void {
  http.get(leaseEndpoints.getPublicKeys.path, async (c) => {
    const keys = await keyring.publicKeys();
    c.header('cache-control', `public, max-age=${CACHE_SECONDS}`);
    c.header('access-control-allow-origin', '*');
    return c.json({ keys });
  });
}
