import { z } from 'zod';
import type { Endpoint } from '../../../contract/endpoint.ts';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { errorCodes } from '../../../contract/error-code.ts';
import { problem } from '../../../contract/problem.ts';

type Json = Record<string, unknown>;

const security: Record<Endpoint['access'], Json[]> = {
  public: [],
  link: [],
  session: [{ session: [] }],
  token: [{ session: [] }, { device: [] }],
  service: [{ serviceKey: [] }],
};

/** The OpenAPI 3.1 document of the endpoints: it follows from the same table as routes and client. */
export function openApiDocument(endpoints: Readonly<Record<string, Endpoint>>, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, endpoint] of Object.entries(endpoints)) {
    const path = paths[endpoint.path] ?? {};
    path[endpoint.method.toLowerCase()] = operationOf(operationId, endpoint);
    paths[endpoint.path] = path;
  }
  const schemas: Json = {};
  const hoisted = hoist({ paths, problem: contentOf('application/problem+json', problem, 'output') }, schemas) as Json;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Namesake',
      version,
      description: 'Named licences: sold through partners, handed out in teams, felt at once by running applications.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: hoisted.paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => one.localeCompare(other))),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-namesake.session_token',
          description: 'Over https; on plain http, as in the demo, without the prefix `__Host-`.',
        },
        device: { type: 'http', scheme: 'bearer', description: 'Token of the device flow (RFC 8628).' },
        serviceKey: { type: 'http', scheme: 'bearer', description: "An application's service key." },
      },
    },
  };
}

function operationOf(operationId: string, endpoint: Endpoint): Json {
  const { summary, tag, access, body, response, status = 200 } = endpoint;
  return {
    operationId,
    summary,
    tags: [tag],
    security: security[access],
    parameters: parametersOf(endpoint),
    ...(body && {
      requestBody: { required: true, content: contentOf(endpoint.bodyType ?? 'application/json', body, 'input') },
    }),
    responses: {
      [status]: { description: 'Done', content: contentOf('application/json', response, 'output') },
      ...problemsOf(endpoint),
    },
  };
}

const contentOf = (type: string, schema: z.ZodType, io: 'input' | 'output') => ({
  [type]: { schema: schemaOf(schema, io) },
});

/** The JSON Schema of a shape. The shapes with a name stand under `$defs`, from where {@link hoist} moves them. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return rest;
}

/** Moves every `$defs` to the document's components, so that each named shape stands there once. */
function hoist(value: unknown, schemas: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => hoist(item, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (key === '$ref' && typeof inner === 'string') return [[key, inner.replace('#/$defs/', '#/components/schemas/')]];
    if (key !== '$defs') return [[key, hoist(inner, schemas)]];
    for (const [name, schema] of Object.entries(inner as Json)) schemas[name] ??= hoist(schema, schemas);
    return [];
  });
  return Object.fromEntries(entries);
}

function parametersOf(endpoint: Endpoint): Json[] {
  const parameters = [...partOf('path', endpoint.params), ...partOf('query', endpoint.query)];
  if (endpoint.changes)
    parameters.push(header('Idempotency-Key', 'Makes a repeated request harmless for 24 hours.', false));
  if (endpoint.conditional) parameters.push(header('If-Match', 'The version that was read, in quotes.', true));
  if (endpoint.deviceProof)
    parameters.push(header('DPoP', "A proof of the device's key, made for this one request (RFC 9449).", true));
  if (endpoint.lean) parameters.push(header('X-Request-ID', 'Repeated in the answer.', false));
  return parameters;
}

function partOf(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const header = (name: string, description: string, required: boolean): Json => ({
  name,
  in: 'header',
  description,
  required,
  schema: { type: 'string' },
});

function problemsOf(endpoint: Endpoint): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(endpoint)) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** The problems of an endpoint: its own, and those that follow from who asks and what it takes. */
function codesOf(endpoint: Endpoint): Set<ErrorCode> {
  const { codes = [], params, query, body, lean, changes, conditional } = endpoint;
  const all = new Set<ErrorCode>([...codes, ...codesOfAccess(endpoint), 'databaseUnavailable']);
  if (params && endpoint.access !== 'link') all.add('notFound');
  if (query || changes || (body && !lean)) all.add('invalidRequest');
  if (body) all.add('malformedJson');
  // What comes without being asked for is read as well.
  if (endpoint.method !== 'GET') all.add('bodyTooLarge');
  if (body && !lean) all.add('unsupportedMediaType');
  if (changes) all.add('idempotencyKeyReused').add('idempotencyInProgress');
  if (conditional) all.add('preconditionRequired').add('versionChanged');
  return all;
}

/** Whoever shows a token is asked for it, also where nobody need sign in; whoever comes with a cookie comes from our pages. */
function codesOfAccess({ access, method }: Endpoint): ErrorCode[] {
  if (access === 'service') return ['overloaded', 'applicationUnknown'];
  return ['overloaded', 'notSignedIn', 'tokenScope', ...(method === 'GET' ? [] : (['crossSite'] as const))];
}
