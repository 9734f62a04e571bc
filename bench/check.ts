import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import type { Figure, Round } from './figure.ts';
import { figureOf } from './figure.ts';

const CONNECTIONS = 32;
const SECONDS = 4;
const ROUNDS = 5;

interface Target {
  readonly port: number;
  readonly key: string;
  readonly teamId: string;
  readonly accountIds: readonly string[];
}

/** Checks a second over HTTP against a bare server of the same runtime that parses the same bodies and answers. */
export async function benchChecks(): Promise<Figure[]> {
  const real = await start('check-server.ts');
  const bare = await start('bare-server.ts');
  try {
    const rounds: Round[] = [];
    for (let index = 0; index <= ROUNDS; index += 1) {
      const baseline = await rate({ ...real.target, port: bare.target.port });
      const value = await rate(real.target);
      if (index > 0) rounds.push({ value, baseline }); // the first one warms up
    }
    return [figureOf('checks over HTTP', 'checks/s', rounds, null)];
  } finally {
    await Promise.all([real.child, bare.child].map(end));
  }
}

async function start(file: string): Promise<{ child: ChildProcess; target: Target }> {
  const child = fork(new URL(file, import.meta.url));
  const [target] = await once(child, 'message');
  return { child, target: target as Target };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function rate({ port, key, teamId, accountIds }: Target): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: accountIds.map((id) => ({
      method: 'POST' as const,
      path: '/access/v1/evaluation',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        subject: { type: 'account', id },
        action: { name: 'use' },
        resource: { type: 'product', id: 'share', properties: { team: teamId } },
      }),
    })),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were refused`);
  return result.requests.average;
}
