import type { Agent } from 'node:http';
import { request } from 'node:http';
import { isUnheard } from '../unheard.ts';

const PATIENCE_MILLISECONDS = 20_000;

/** The answer of AuthZEN 1.0 section 5.5, as far as it is asked for, or a problem. */
export interface Said {
  readonly status?: number;
  readonly code?: string;
  readonly decision?: boolean;
  readonly context?: { readonly reason?: string; readonly stale?: boolean; readonly ageSeconds?: number };
}

/** The question whether somebody may use a product in a team. */
export function bodyOf(
  { teamId, email }: { teamId: string; email: string },
  product: string,
  atLeastRevision: number | undefined,
): string {
  return JSON.stringify({
    subject: { type: 'account', id: email },
    action: { name: 'use' },
    resource: { type: 'product', id: product, properties: { team: teamId } },
    ...(atLeastRevision !== undefined && { context: { atLeastRevision } }),
  });
}

interface Asking {
  readonly agent: Agent;
  readonly body: string;
  readonly host: string;
  readonly serviceKey: string;
}

/** Asks a server process, again where nobody has heard it. @throws Error where no answer comes, or one that is none. */
export function askCheck(port: number, asking: Asking): Promise<Said> {
  const { agent, body, host, serviceKey } = asking;
  const { promise, resolve, reject } = Promise.withResolvers<Said>();
  const headers = { host, authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' };
  const sent = request(
    { agent, port, host: '127.0.0.1', path: '/access/v1/evaluation', method: 'POST', headers },
    (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('error', reject).on('close', () => reject(new Error('cut off')));
      answer.on('end', () => {
        try {
          resolve(JSON.parse(text));
        } catch (error) {
          reject(error);
        }
      });
    },
  );
  sent.setTimeout(PATIENCE_MILLISECONDS, () => sent.destroy(new Error('no answer')));
  sent.on('error', (error) => {
    if (isUnheard(sent, error)) resolve(askCheck(port, asking));
    else reject(error);
  });
  sent.end(body);
  return promise;
}
