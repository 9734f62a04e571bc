import { gzipSync } from 'node:zlib';
import type { Chance } from '../chance.ts';
import type { Draft } from './draft.ts';
import { write } from './draft.ts';
import { hugeText, oddText } from './odd-text.ts';
import { anyJson, hugeJson, spoil, spoilText } from './spoil.ts';

type Bend = (draft: Draft, chance: Chance) => Partial<Draft>;

/** What can be bent about a call. */
export const twists: Readonly<Record<string, Bend>> = {
  field: ({ body }, chance) => (body === undefined ? {} : { body: spoil(body, chance) }),
  unicode: ({ body }, chance) => (body === undefined ? {} : { body: spoilText(body, chance, false) }),
  hugeText: ({ body }, chance) => (body === undefined ? {} : { body: spoilText(body, chance, true) }),
  anyJson: (_, chance) => ({ body: anyJson(chance) }),
  hugeJson: (_, chance) => ({ bytes: hugeJson(chance) }),
  brokenJson: (draft, chance) => ({ bytes: broken(write(draft).bytes ?? Buffer.alloc(0), chance) }),
  mediaType: (draft, chance) => ({ headers: withHeader(draft, 'content-type', chance.pick(MEDIA_TYPES) ?? '') }),
  encoding: (draft, chance) => encoded(draft, chance),
  query: (draft, chance) => ({ query: oddQuery(draft, chance) }),
  manyQueries: ({ query }, chance) => ({
    query: [
      ...query,
      ...Array.from({ length: 10 ** (1 + chance.below(3)) }, (_, index): [string, string] => [`q${index}`, '']),
    ],
  }),
  header: (draft, chance) => ({ headers: withHeader(draft, chance.pick(HEADERS) ?? 'accept', oddValue(chance)) }),
  idempotencyKey: (draft, chance) => ({
    headers: withHeader(draft, 'idempotency-key', chance.happens(0.5) ? `key ${chance.below(40)}` : oddValue(chance)),
  }),
  ifMatch: (draft, chance) => ({ headers: withHeader(draft, 'if-match', chance.pick(TAGS) ?? '') }),
  authorization: (draft, chance) => ({ headers: withHeader(draft, 'authorization', chance.pick(CREDENTIALS) ?? '') }),
  cookie: (draft, chance) => ({ headers: oddCookie(draft, chance) }),
  host: (draft, chance) => ({ headers: withHeader(draft, 'host', chance.pick(HOSTS) ?? ''), strangeHost: true }),
  site: (draft, chance) => ({
    headers: withHeader(draft, chance.pick(['sec-fetch-site', 'origin']) ?? '', chance.pick(SITES) ?? ''),
  }),
  param: ({ params }, chance) => oddParam(params, chance),
  path: ({ path }, chance) => ({ path: oddPath(path, chance), strays: true }),
  method: (_, chance) => ({ method: chance.pick(METHODS) ?? 'PUT', strays: true }),
};

const MEDIA_TYPES = [
  ...['', 'text/plain', 'application/json; charset=utf-16', 'application/json;charset=x', 'APPLICATION/JSON'],
  ...['application/jsonp', 'application/json/', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'],
  ...[
    'text/csv; charset=windows-1252',
    'application/vnd.api+json',
    'application/json, text/html',
    ';',
    'a'.repeat(4000),
  ],
];
const HEADERS = [
  ...[
    'accept',
    'accept-language',
    'accept-encoding',
    'traceparent',
    'tracestate',
    'x-forwarded-for',
    'x-forwarded-host',
  ],
  ...['x-forwarded-proto', 'forwarded', 'x-request-id', 'x-http-method-override', 'range', 'if-none-match', 'dpop'],
  ...['last-event-id', 'user-agent', 'referer', 'content-language', 'x-original-url', 'content-type', 'date', 'from'],
];
const TAGS = [
  '',
  '*',
  '"1"',
  '"2"',
  '1',
  'W/"1"',
  '"0"',
  '"-1"',
  '"99999999999"',
  '"9999999999"',
  '"1", "2"',
  '"٣"',
  '""',
  '"1e1"',
];
const CREDENTIALS = [
  ...[
    'Bearer',
    'Bearer ',
    'Bearer x',
    'bearer y z',
    'Basic dXNlcjpwYXNz',
    'Basic ===',
    'Digest username="x"',
    'Negotiate',
  ],
  ...[
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    `Bearer ${'a'.repeat(9000)}`,
    'Bearer \u00e4\u00f6',
    "Bearer ' or 1=1",
    'DPoP x',
    '',
  ],
];
const HOSTS = [
  '',
  'elsewhere.example',
  'localhost:4280.elsewhere.example',
  'localhost',
  '127.0.0.1:1',
  '[::1]:4280',
  'localhost:4280@x',
  'LOCALHOST:4280',
  'a'.repeat(3000),
];
const SITES = [
  'cross-site',
  'same-site',
  'same-origin',
  'none',
  'null',
  'https://elsewhere.example',
  'http://localhost:4280',
  'http://localhost:4280/',
  'x',
  '',
];
const METHODS = [
  'PUT',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'PATCH',
  'GET',
  'POST',
  'PROPFIND',
  'get',
  'PURGE',
  'X'.repeat(300),
];

const withHeader = ({ headers }: Draft, name: string, value: string): Draft['headers'] => [
  ...headers.filter(([known]) => known !== name),
  [name, value],
];

const oddValue = (chance: Chance): string =>
  chance.happens(0.05) ? 'v'.repeat(2 ** chance.below(14)) : oddText(chance);

function oddCookie(draft: Draft, chance: Chance): Draft['headers'] {
  const own = draft.headers.find(([name]) => name === 'cookie')?.[1] ?? 'namesake.session_token=x';
  const bent = [
    () => own.slice(0, -5),
    () => `${own}; ${own}`,
    () => `namesake.session_token=; ${own}`,
    () => own.replace('%', '%25'),
    () => `${own}%`,
    () => 'namesake.session_token=%E0%A4%A',
    () => '=;;=; namesake.session_token',
    () => 'c=1; '.repeat(500) + own,
    () => `namesake.session_token=${oddValue(chance)}`,
    () => '__proto__=1; namesake.session_data=e30',
  ];
  return withHeader(draft, 'cookie', (chance.pick(bent) ?? (() => own))());
}

function oddQuery({ query, operation }: Draft, chance: Chance): Draft['query'] {
  const declared = (operation?.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
  const name = chance.pick([...declared, ...declared, 'x', '__proto__', 'constructor[a]', 'limit']) ?? 'x';
  const value =
    chance.pick([
      oddText(chance),
      hugeText(chance).slice(0, 4000),
      '0',
      '501',
      '1e2',
      '0x10',
      ' 7 ',
      '-1',
      'Infinity',
      '1.5',
    ]) ?? '';
  const others = chance.happens(0.3) ? query : query.filter(([known]) => known !== name);
  return chance.happens(0.5) ? [...others, [name, value]] : [[name, value], ...others];
}

function oddParam(params: Draft['params'], chance: Chance): Partial<Draft> {
  const name = chance.pick(Object.keys(params));
  if (name === undefined) return {};
  const own = params[name] ?? '';
  const bent = [
    oddText(chance),
    own.toUpperCase(),
    `${own}\u0000`,
    own.slice(0, -1),
    `${own}/`,
    `${own}%00`,
    `../${own}`,
    own.replace('_', '%5f'),
    hugeText(chance).slice(0, 3000),
  ];
  const value = chance.pick(bent) ?? '';
  return { params: { ...params, [name]: value }, strays: /^\.{0,2}$/.test(value) };
}

function oddPath(path: string, chance: Chance): string {
  const bent = [
    `/${path}`,
    `${path}/`,
    path.replaceAll('/', '//'),
    path.replaceAll('/', '%2f').replace('%2f', '/'),
    path.replace('/v1/', '/v1/../v1/'),
    path.replace('/v1/', '/v1/./'),
    path.replace('/v1/', '/v1/%2e%2e/'),
    path.replace('/v1/', '/v1/%252e%252e/'),
    path.replace('/v1/', '/V1/'),
    path.replace('/v1/', '/%76%31/'),
    path.replace('/v1/', '/v1%c0%af'),
    `${path}%`,
    `${path}%ff`,
    `${path};a=b`,
    `${path}.json`,
    `${path}%00`,
    `${path}\\`,
    path.replace(/\{\w+\}/, ''),
    `/${'a/'.repeat(1 + chance.below(2000))}`,
  ];
  return chance.pick(bent) ?? path;
}

function broken(bytes: Buffer, chance: Chance): Buffer {
  const bent = [
    () => bytes.subarray(0, -1),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    () => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.from(bytes.toString('latin1').replace('"', "'")),
    () => Buffer.concat([bytes.subarray(0, 3), Buffer.from([0xff, 0xfe, 0x00, 0xc0, 0xaf]), bytes.subarray(3)]),
    () => Buffer.from(`${bytes.toString('utf8')}//`),
    () => Buffer.from('{"a":\u0000}'),
    () => Buffer.from('NaN'),
    () => Buffer.from([0x80]),
    () => Buffer.alloc(2 ** chance.below(21), 0x20),
    () => Buffer.from(bytes.map((byte) => (chance.happens(0.02) ? chance.below(256) : byte))),
  ];
  return (chance.pick(bent) ?? (() => bytes))();
}

function encoded(draft: Draft, chance: Chance): Partial<Draft> {
  const name = chance.pick(['gzip', 'deflate', 'br', 'identity', 'x']) ?? 'gzip';
  const bytes = write(draft).bytes ?? Buffer.alloc(0);
  const headers = withHeader(draft, 'content-encoding', name);
  return { headers, bytes: chance.happens(0.7) ? gzipSync(bytes) : bytes };
}
