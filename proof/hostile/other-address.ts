import type { Chance } from '../chance.ts';
import type { Draft } from './draft.ts';
import type { Material } from './material.ts';
import { oddText } from './odd-text.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const PAGES = [
  ...[
    '/',
    '/docs',
    '/docs/swagger-ui.css',
    '/docs/..%2f..%2fpackage.json',
    '/openapi.json',
    '/assets/',
    '/assets/../index.html',
  ],
  ...[
    '/v1',
    '/v1/status-lists/0',
    '/v1/status-lists/1',
    '/v1/status-lists/99999999',
    '/v1/status-lists/-1',
    '/v1/me/stream',
  ],
  ...[
    '/api/auth/session',
    '/api/auth/sign-in/email',
    '/api/auth/error',
    '/favicon.ico',
    '/.git/config',
    '/.env',
    '/l/link_x',
  ],
  ...['/%', '/%00', '/..%2f..%2fetc%2fpasswd', '/server/main.ts', '/v1/teams/', '/sign-in?next=//elsewhere.example'],
];

/** A call of what the document does not describe: the device flow's forms, pages, streams, and what does not exist. */
export function otherAddresses(material: Material, number: number, chance: Chance): Draft {
  const role = chance.pick(material.world.roles) ?? { name: 'anonymous', headers: [] };
  const draft = {
    number,
    operation: undefined,
    role,
    twists: [],
    params: {},
    query: [],
    strays: true,
    strangeHost: false,
  };
  if (chance.happens(0.5)) {
    const accept: [string, string] = ['accept', chance.pick(['text/html', '*/*', 'application/json']) ?? '*/*'];
    return { ...draft, method: 'GET', path: chance.pick(PAGES) ?? '/', headers: [...role.headers, accept] };
  }
  const path = chance.pick(['/oauth/device_authorization', '/oauth/token', '/oauth/revoke']) ?? '/oauth/token';
  return {
    ...draft,
    method: 'POST',
    path,
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    bytes: Buffer.from(formOf(material, chance)),
  };
}

function formOf({ world }: Material, chance: Chance): string {
  const fields = [
    ['client_id', world.clientId],
    ['grant_type', GRANT],
    ['device_code', chance.pick(world.deviceCodes) ?? ''],
    ['place', 'studio-7'],
    ['token', 'x'],
  ].filter(() => chance.happens(0.85));
  const bent = chance.happens(0.4)
    ? [[chance.pick(['client_id', 'place', 'device_code', 'token', 'x']) ?? '', oddText(chance)]]
    : [];
  const form = new URLSearchParams();
  for (const [name = '', value = ''] of [...fields, ...bent]) form.append(name, value);
  return chance.happens(0.1) ? `${form}&%ff=%` : form.toString();
}
