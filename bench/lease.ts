import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Figure, Round } from './figure.ts';
import { figureOf } from './figure.ts';
import type { LoopRun } from './lease-loop.ts';
import type { ProofAlgorithm } from './lease-proofs.ts';

const CONNECTIONS = 128;
const REQUESTS = 9000;
const LOOP_MILLISECONDS = 1000;
/** The server's hot path is compiled to its end only after some ten thousand leases. */
const WARM_UP_ROUNDS = 3;
const ROUNDS = 5;
const GOAL = 0.6;

interface Target {
  readonly port: number;
  readonly publicUrl: string;
  readonly devices: readonly { token: string; teamId: string }[];
}

/**
 * Leases a second, HTTP, proof and database included, against a loop that verifies the same proofs and signs as much.
 *
 * The server has one core; the database shares the other one with the generator.
 */
export async function benchLeases(): Promise<Figure[]> {
  return [...(await benchLease('ES256')), ...(await benchLease('EdDSA'))];
}

async function benchLease(alg: ProofAlgorithm): Promise<Figure[]> {
  const children = ['lease-server.ts', 'lease-loop.ts', 'lease-generator.ts'].map((file) =>
    fork(new URL(file, import.meta.url)),
  ) as [ChildProcess, ChildProcess, ChildProcess];
  const [server, loop, generator] = children;
  try {
    const loopReady = hear(loop);
    const target = (await hear(server)) as unknown as Target;
    await loopReady;
    await ask(generator, { ...target, alg });
    const rounds = { library: [] as Round[], processor: [] as Round[], own: [] as Round[] };
    for (let index = 0; index < WARM_UP_ROUNDS + ROUNDS; index += 1) {
      const byLibrary = await ask(loop, { alg, way: 'library', milliseconds: LOOP_MILLISECONDS } satisfies LoopRun);
      const before = await ask(server, {});
      const { rate: value } = await ask(generator, { requests: REQUESTS, connections: CONNECTIONS });
      const after = await ask(server, {});
      const byServer = await ask(loop, { alg, way: 'server', milliseconds: LOOP_MILLISECONDS } satisfies LoopRun);
      if (index < WARM_UP_ROUNDS) continue;
      const each = (after.cpuMicroseconds - before.cpuMicroseconds) / REQUESTS;
      rounds.library.push({ value, baseline: byLibrary.rate });
      rounds.processor.push({ value: 1e6 / each, baseline: 1e6 / byLibrary.cpuMicroseconds });
      rounds.own.push({ value, baseline: byServer.rate });
    }
    const name = `leases over HTTP, proofs by ${alg}`;
    return [
      figureOf(name, 'leases/s', rounds.library, GOAL),
      figureOf(`${name}, by processor time`, 'leases/processor second', rounds.processor, null),
      figureOf(`${name}, against the server's own way to verify`, 'leases/s', rounds.own, null),
    ];
  } finally {
    await Promise.all(children.map(end));
  }
}

interface Answer {
  readonly rate: number;
  readonly cpuMicroseconds: number;
}

function ask(child: ChildProcess, message: object): Promise<Answer> {
  const answer = hear(child);
  child.send(message);
  return answer;
}

async function hear(child: ChildProcess): Promise<Answer> {
  const heard = new AbortController();
  const { signal } = heard;
  const failed = once(child, 'exit', { signal }).then(() =>
    Promise.reject(new Error('a process of the bench ended early')),
  );
  failed.catch(() => undefined);
  const [answer] = await Promise.race([once(child, 'message', { signal }), failed]);
  heard.abort();
  return answer as Answer;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
