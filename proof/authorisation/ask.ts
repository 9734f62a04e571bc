import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../../contract/endpoint.ts';
import type { OperationName } from '../../contract/endpoints.ts';
import { endpoints } from '../../contract/endpoints.ts';
import type { Call } from './calls/call.ts';
import type { CaseName } from './table/expectations.ts';
import type { World } from './world/world.ts';

/** What came back, every byte of it but for what each answer has of its own. */
export interface Answered {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
  /** The problem's code; undefined where it went well. */
  readonly code: string | undefined;
}

/** The operation that a case is about. */
export function operationOf(name: CaseName): OperationName {
  const [operation = ''] = name.split(':');
  if (!Object.hasOwn(endpoints, operation)) throw new Error(`there is no operation ${operation}`);
  return operation as OperationName;
}

export const endpointOf = (name: CaseName): Endpoint => endpoints[operationOf(name)];

export interface Asked {
  readonly name: CaseName;
  readonly call: Call;
  readonly headers: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

/** Asks the real application, in process. */
export async function ask(
  { app }: Pick<World, 'app'>,
  { name, call, headers, idempotencyKey }: Asked,
): Promise<Answered> {
  const endpoint = endpointOf(name);
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, param: string) => call.params?.[param] ?? '');
  const query = new URLSearchParams(call.query).toString();
  const response = await app.request(query ? `${path}?${query}` : path, {
    method: endpoint.method,
    headers: {
      ...headers,
      ...(endpoint.changes && { 'idempotency-key': idempotencyKey ?? randomUUID() }),
      ...(call.ifMatch !== undefined && { 'if-match': `"${call.ifMatch}"` }),
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
      ...(call.text !== undefined && { 'content-type': 'text/csv' }),
      ...(await call.sign?.(headers)),
    },
    body: call.text ?? (call.body === undefined ? null : JSON.stringify(call.body)),
  });
  return answered(response);
}

/** Names each request and no answer's matter. */
const OWN = new Set(['date', 'x-request-id']);

async function answered(response: Response): Promise<Answered> {
  const body = await response.text();
  const headers = [...response.headers].filter(([name]) => !OWN.has(name)).map(([name, value]) => `${name}: ${value}`);
  return { status: response.status, headers: headers.sort().join('\n'), body, code: codeOf(response.status, body) };
}

function codeOf(status: number, body: string): string | undefined {
  if (status < 400) return undefined;
  try {
    const problem: unknown = JSON.parse(body);
    if (typeof problem === 'object' && problem !== null && 'code' in problem) return String(problem.code);
  } catch {
    // Said below.
  }
  return `${status} without a code`;
}
