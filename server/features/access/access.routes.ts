import type { Hono } from 'hono';
import { accessEndpoints as e } from '../../../contract/access.ts';
import type { Ground } from '../../platform/ground.ts';
import type { ServiceRoute } from '../../platform/http/lean-route.ts';
import { repeatRequestId } from '../../platform/http/request-id.ts';
import type { Keyring } from '../signing-key/keyring.service.ts';
import { evaluate, evaluateAll } from './access.service.ts';
import { accessConfigurationOf } from './access-configuration.ts';
import { searchActions, searchResources, searchSubjects } from './search.service.ts';

const ONE_LIMIT_BYTES = 64 * 1024;
const MANY_LIMIT_BYTES = 8 * 1024 * 1024;

/** What applications ask of anyone with their service key: the OpenID AuthZEN Authorization API 1.0. */
export function accessRoutes(ground: Ground): ServiceRoute[] {
  const one = { limitBytes: ONE_LIMIT_BYTES };
  return [
    { ...one, endpoint: e.evaluate, answer: (...asked) => evaluate(ground, ...asked) },
    { endpoint: e.evaluateAll, limitBytes: MANY_LIMIT_BYTES, answer: (...asked) => evaluateAll(ground, ...asked) },
    { ...one, endpoint: e.searchSubjects, answer: (...asked) => searchSubjects(ground, ...asked) },
    { ...one, endpoint: e.searchResources, answer: (...asked) => searchResources(ground, ...asked) },
    { ...one, endpoint: e.searchActions, answer: (...asked) => searchActions(ground, ...asked) },
  ];
}

/**
 * Tells where all this is (AuthZEN 1.0 section 9.2), also as signed metadata where a key can sign.
 *
 * It may be kept, because it changes with the deployment alone.
 */
export function serveAccessConfiguration(http: Hono, { settings, clock }: Ground, keyring: Keyring): void {
  const configuration = accessConfigurationOf(settings.publicUrl);
  http.get(e.getAccessConfiguration.path, repeatRequestId(), async (c) => {
    const claims = { iss: settings.publicUrl, iat: Math.floor(clock.now().getTime() / 1000), ...configuration };
    const signed_metadata = await keyring.signer().then(
      (signer) => signer.sign('JWT', claims),
      () => undefined, // the plain members say the same
    );
    return c.json({ ...configuration, signed_metadata }, 200, { 'cache-control': 'public, max-age=3600' });
  });
}
