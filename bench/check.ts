import type { ChildProcess } from 'node:child_process';
import { execFileSync, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Round } from './figure.ts';
import { figureOf } from './figure.ts';
import { httpRequest, latencies, percentile, throughput } from './generator.ts';
import type { Asked } from './holder-data.ts';
import { pin } from './pin.ts';
import { told } from './told.ts';

const ROUNDS = 7;
const MILLISECONDS = 2000;
const CONNECTIONS = 16;
const BATCH = 100;
const FEW = 1000;
const MANY = 10_000_000;
const DECISIONS = 3_000_000;
const DECISIONS_WANTED = 5_000_000;
const BYTES_WANTED = 160;
const BUN = 'bun@1.4.5';

interface CheckServer {
  readonly child: ChildProcess;
  readonly port: number;
  readonly key: string;
  readonly asked: readonly Asked[];
  readonly grownBytes: number;
}

/**
 * Checks over HTTP against a bare server of `node:http` that parses the same body and answers JSON of the same form.
 *
 * Both have one core to themselves, one after the other, and the generator has the other one.
 */
export async function benchChecks(): Promise<Figure[]> {
  pin([process.pid], 1);
  const few = await startServer(FEW);
  const bare = await startBare();
  try {
    await bare.answerAs(few, '/access/v1/evaluation', bodyOf(few.asked[0] as Asked));
    const one = { theirs: requestsOf(few, '/access/v1/evaluation', few.asked.map(bodyOf)), bare };
    const figures = [
      figureOf('checks over HTTP', 'checks/s', await compareRates(few, one), 0.85),
      figureOf('99th percentile of a check at half of the bare rate', 'us', await compareDelays(few, one), 1.5, 'less'),
      ...(await benchOnBun(one)),
    ];
    const bodies = few.asked.map((_, at) => batchOf(few.asked, at));
    await bare.answerAs(few, '/access/v1/evaluations', bodies[0] ?? '');
    const batch = { theirs: requestsOf(few, '/access/v1/evaluations', bodies), bare };
    const batches = await compareRates(few, batch);
    figures.push(figureOf(`batches of ${BATCH} checks`, 'batches/s', batches, 0.8));
    figures.push(figureOf('decisions in the process', 'decisions/s', await decisionsOf(few), 1));
    return [...figures, ...(await benchGrowth(few, one.theirs))];
  } finally {
    few.child.kill();
    bare.child.kill();
  }
}

async function startServer(holders: number, execPath = process.execPath): Promise<CheckServer> {
  const file = fileURLToPath(new URL('./check-server.ts', import.meta.url));
  const own = execPath === process.execPath ? ['--expose-gc', '--max-old-space-size=8192'] : [];
  const child = spawn(execPath, [...own, file, String(holders)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return { child, ...(await told<Omit<CheckServer, 'child'>>(child)) };
}

async function startBare() {
  const child = fork(new URL('./bare-server.ts', import.meta.url));
  const { port } = await told<{ port: number }>(child);
  return {
    child,
    port,
    /** Makes it answer what the server answers to this. */
    async answerAs({ port: asked, key }: CheckServer, path: string, body: string): Promise<void> {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const response = await fetch(`http://127.0.0.1:${asked}${path}`, { method: 'POST', headers, body });
      child.send({ answer: await response.json() });
      await told(child);
    },
  };
}

interface Comparison {
  readonly theirs: readonly Buffer[];
  readonly bare: { readonly port: number };
}

const evaluationOf = ({ accountId, teamId }: Asked) => ({
  subject: { type: 'account', id: accountId },
  resource: { type: 'product', id: 'share', properties: { team: teamId } },
});

const bodyOf = (asked: Asked): string => JSON.stringify({ ...evaluationOf(asked), action: { name: 'use' } });

function batchOf(asked: readonly Asked[], from: number): string {
  const evaluations = Array.from({ length: BATCH }, (_, index) =>
    evaluationOf(asked[(from + index) % asked.length] as Asked),
  );
  return JSON.stringify({ action: { name: 'use' }, evaluations });
}

const requestsOf = ({ key }: CheckServer, path: string, bodies: readonly string[]): Buffer[] =>
  bodies.map((body) => httpRequest(path, body, { authorization: `Bearer ${key}` }));

const rateOf = (port: number, requests: readonly Buffer[]): Promise<number> =>
  throughput({ port, requests, connections: CONNECTIONS, milliseconds: MILLISECONDS });

/** Each round measures both, the bare one first; the first round warms up. */
async function compareRates(server: CheckServer, { theirs, bare }: Comparison): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let index = 0; index <= ROUNDS; index += 1) {
    const baseline = await rateOf(bare.port, theirs);
    const value = await rateOf(server.port, theirs);
    if (index > 0) rounds.push({ value, baseline });
  }
  return rounds;
}

async function compareDelays(server: CheckServer, { theirs, bare }: Comparison): Promise<Round[]> {
  const half = (await rateOf(bare.port, theirs)) / 2;
  const at = async (port: number) =>
    percentile(
      await latencies({ port, requests: theirs, connections: CONNECTIONS, milliseconds: MILLISECONDS }, half),
      0.99,
    );
  const rounds: Round[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    const baseline = await at(bare.port);
    rounds.push({ value: await at(server.port), baseline });
  }
  return rounds;
}

/** The same code on the fastest runtime that runs it, where npm can bring it; nothing is measured where it cannot. */
async function benchOnBun(one: Comparison): Promise<Figure[]> {
  const bun = findBun();
  if (bun === undefined) return [];
  const server = await startServer(FEW, bun);
  try {
    const theirs = requestsOf(server, '/access/v1/evaluation', server.asked.map(bodyOf));
    return [
      figureOf(
        'checks over HTTP on Bun, against bare Node.js',
        'checks/s',
        await compareRates(server, { ...one, theirs }),
        null,
      ),
    ];
  } finally {
    server.child.kill();
  }
}

function findBun(): string | undefined {
  try {
    const found = execFileSync('npx', ['--yes', '-p', BUN, 'which', 'bun'], { encoding: 'utf8', timeout: 120_000 });
    // A package whose installation could not be finished is found as well.
    execFileSync(found.trim(), ['--version'], { stdio: 'ignore' });
    return found.trim();
  } catch {
    return undefined;
  }
}

async function decisionsOf({ child }: CheckServer): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let index = 0; index <= ROUNDS; index += 1) {
    child.send({ decisions: DECISIONS });
    const { perSecond } = await told<{ perSecond: number }>(child);
    if (index > 0) rounds.push({ value: perSecond, baseline: DECISIONS_WANTED });
  }
  return rounds;
}

/** What ten thousand times the holders cost: memory for each, and speed. */
async function benchGrowth(few: CheckServer, theirs: readonly Buffer[]): Promise<Figure[]> {
  const many = await startServer(MANY);
  try {
    const requests = requestsOf(many, '/access/v1/evaluation', many.asked.map(bodyOf));
    const rounds: Round[] = [];
    for (let index = 0; index <= ROUNDS; index += 1) {
      const baseline = await rateOf(few.port, theirs);
      const value = await rateOf(many.port, requests);
      if (index > 0) rounds.push({ value, baseline });
    }
    const bytes = { value: many.grownBytes / MANY, baseline: BYTES_WANTED };
    return [
      figureOf(`checks with ${MANY} holders against ${FEW}`, 'checks/s', rounds, 0.9),
      figureOf(`resident memory a holder, of ${MANY}`, 'bytes', [bytes], 1, 'less'),
      figureOf(`decisions in the process with ${MANY} holders`, 'decisions/s', await decisionsOf(many), null),
    ];
  } finally {
    many.child.kill();
  }
}
