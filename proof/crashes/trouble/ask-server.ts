import { Agent } from 'node:http';
import type { Client } from '../../../contract/client.ts';
import { createClient } from '../../../contract/client.ts';
import { fetchOver } from '../caller.ts';
import type { Reply } from './trouble.ts';

/** A client of one server process, past the front, as somebody who is signed in. */
export function clientAt(port: number, { host, cookie }: { host: string; cookie: string }): Client {
  const agent = new Agent({ keepAlive: false });
  return createClient({
    baseUrl: `http://127.0.0.1:${port}`,
    headers: () => ({ host, cookie }),
    fetch: (url, init) => fetchOver(agent, url, init),
  });
}

/** Asks one server process something by hand, and tells how it answered and after how long. */
export async function askServer(
  port: number,
  { host, cookie, path, body }: { host: string; cookie: string; path: string; body?: object },
): Promise<Reply> {
  const began = performance.now();
  const headers: Record<string, string> = { host, cookie, accept: 'application/json' };
  if (body) Object.assign(headers, { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() });
  const init = { method: body ? 'POST' : 'GET', headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetchOver(new Agent({ keepAlive: false }), `http://127.0.0.1:${port}${path}`, init).catch(
    () => undefined,
  );
  const { code = '' } = ((await response?.json().catch(() => undefined)) ?? {}) as { code?: string };
  const retryAfter = response?.headers.get('retry-after');
  return {
    status: response?.status ?? 0,
    code,
    retryAfterSeconds: retryAfter ? Number(retryAfter) : undefined,
    milliseconds: performance.now() - began,
  };
}
