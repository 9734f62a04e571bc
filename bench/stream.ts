import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { makeBenchApplication, signInEverybody } from './devices.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figure.ts';
import { openBenchGround } from './ground.ts';
import { openStreams } from './stream-client.ts';
import { makeBenchProduct, makeBenchTeam } from './team-data.ts';
import { told } from './told.ts';

const STREAMS = 10_000;
const PEOPLE_IN_A_TEAM = 100;
const ROUNDS = 3;
const GOAL = 1.3;

/** What an open stream costs in resident memory, against a bare one of `node:http`, with ten thousand open. */
export async function benchStreams(): Promise<Figure[]> {
  const bench = await openBenchGround(8);
  try {
    const { ground, pool } = bench;
    const productId = await makeBenchProduct(ground);
    const applicationId = await makeBenchApplication(ground, productId);
    for (let index = 0; index < STREAMS / PEOPLE_IN_A_TEAM; index += 1) {
      await makeBenchTeam(ground, pool, { productId, size: PEOPLE_IN_A_TEAM });
    }
    const tokens = (await signInEverybody(ground, pool, applicationId)).map(({ token }) => token);
    await pool.query('analyze');
    const rounds = [];
    for (let index = 0; index < ROUNDS; index += 1) {
      const baseline = await bytesEach('./bare-stream-server.ts', [], tokens);
      const value = await bytesEach('./push-server.ts', [bench.url, '00'.repeat(32)], tokens);
      rounds.push({ value, baseline });
    }
    return [figureOf(`resident memory of an open stream, of ${STREAMS}`, 'bytes', rounds, GOAL, 'less')];
  } finally {
    await bench.stop();
  }
}

async function bytesEach(file: string, args: readonly string[], tokens: readonly string[]): Promise<number> {
  const child = fork(new URL(file, import.meta.url), args, { execArgv: ['--expose-gc'] });
  const { port } = await told<{ port: number }>(child);
  try {
    // Warm: what serving itself takes is there before it is measured.
    const end = await openStreams(tokens.slice(0, 100).map((token) => ({ port, token })));
    const before = await residentBytes(child);
    const endAll = await openStreams(tokens.slice(100).map((token) => ({ port, token })));
    const after = await residentBytes(child);
    end();
    endAll();
    return (after - before) / (tokens.length - 100);
  } finally {
    child.kill();
  }
}

async function residentBytes(child: ChildProcess): Promise<number> {
  child.send({ ask: 'memory' });
  const { residentBytes: bytes } = await told<{ residentBytes: number }>(child);
  return bytes;
}
