import type { Hono, Context as HonoContext } from 'hono';
import { z } from 'zod';
import { words } from '../../../contract/shape.ts';
import type { Ground } from '../../platform/ground.ts';
import { readBody } from '../../platform/http/body.ts';
import type { BodyRoom } from '../../platform/http/body-room.ts';
import { networkOf } from '../../platform/http/client-address.ts';
import { createAddressLimit } from '../../platform/http/rate-limit.ts';
import { pathOfUnstorable } from '../../platform/http/storable-text.ts';
import type { LoadLimit } from '../../platform/load-limit.ts';
import type { OAuthError, OAuthRefusal } from './device-flow.service.ts';
import { beginDeviceFlow, grantToken, revokeToken } from './device-flow.service.ts';

const FORM_LIMIT_BYTES = 8 * 1024;
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const client = z.string().min(1).max(100);
const secret = z.string().min(1).max(200);
const authorisationForm = z.object({ client_id: client, place: words(120).optional() });
const tokenForm = z.object({ grant_type: z.string(), device_code: secret, client_id: client });
const revocationForm = z.object({ token: secret });

export interface DeviceDoor {
  addressOf(c: HonoContext): string;
  /** How much of this is done at a time. */
  readonly limit: LoadLimit;
  readonly bodyRoom: BodyRoom;
}

/**
 * The addresses that licensed applications sign in by: OAuth 2.0 device authorisation (RFC 8628) and revocation
 * (RFC 7009), with forms as those standards want them.
 */
export function deviceFlowRoutes(http: Hono, ground: Ground, { addressOf, limit, bodyRoom }: DeviceDoor): void {
  const beginnings = createAddressLimit(ground.clock, { tries: 60, seconds: 600 });
  const polls = createAddressLimit(ground.clock, { tries: 600, seconds: 60 });
  const revocations = createAddressLimit(ground.clock, { tries: 120, seconds: 60 });
  const inTurn = <T>(c: HonoContext, work: () => Promise<T>) => limit.run(work, { who: networkOf(addressOf(c)) });

  http.post('/oauth/device_authorization', async (c) => {
    beginnings.take(addressOf(c));
    const form = await readForm(c, bodyRoom, authorisationForm);
    if (!form) return refuse(c, 'invalid_request');
    const { client_id, place = null } = form;
    const asked = { client: client_id, place, address: addressOf(c) };
    return answer(c, await inTurn(c, () => beginDeviceFlow(ground, asked)));
  });

  http.post('/oauth/token', async (c) => {
    polls.take(addressOf(c));
    const form = await readForm(c, bodyRoom, tokenForm);
    if (!form) return refuse(c, 'invalid_request');
    if (form.grant_type !== DEVICE_GRANT) return refuse(c, 'unsupported_grant_type');
    const asked = { client: form.client_id, deviceCode: form.device_code };
    return answer(c, await inTurn(c, () => grantToken(ground, asked)));
  });

  http.post('/oauth/revoke', async (c) => {
    revocations.take(addressOf(c));
    const form = await readForm(c, bodyRoom, revocationForm);
    if (!form) return refuse(c, 'invalid_request');
    await inTurn(c, () => revokeToken(ground, form.token));
    return answer(c, {});
  });
}

/** Reads a form; undefined where it is none, a field is wrong or no text, or one comes twice (RFC 6749 section 3.2). */
async function readForm<S extends z.ZodObject>(
  c: HonoContext,
  room: BodyRoom,
  schema: S,
): Promise<z.output<S> | undefined> {
  const bytes = await readBody(c.req.raw, { limitBytes: FORM_LIMIT_BYTES, room });
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) return undefined;
  const fields = [...new URLSearchParams(bytes.toString('utf8'))];
  if (new Set(fields.map(([name]) => name)).size < fields.length) return undefined;
  if (pathOfUnstorable(fields)) return undefined;
  return schema.safeParse(Object.fromEntries(fields)).data;
}

function answer(c: HonoContext, body: object | OAuthRefusal): Response {
  if ('error' in body) return refuse(c, body.error);
  c.header('cache-control', 'no-store');
  return c.json(body);
}

function refuse(c: HonoContext, error: OAuthError): Response {
  c.header('cache-control', 'no-store');
  return c.json({ error }, error === 'invalid_client' ? 401 : 400);
}
