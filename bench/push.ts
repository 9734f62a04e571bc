import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { AccountId, LicenceId, ProductId, TeamId } from '../domain/id.ts';
import type { SignedInDevice } from './devices.ts';
import { makeBenchApplication, signInEverybody } from './devices.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figure.ts';
import { percentile } from './generator.ts';
import { openBenchGround } from './ground.ts';
import type { PushRequest } from './push-server.ts';
import { openStreams } from './stream-client.ts';
import { makeBenchProduct, makeBenchTeam } from './team-data.ts';
import { told } from './told.ts';

const TEAMS = 10;
const PEOPLE_IN_A_TEAM = 100;
const CHANGES_A_ROUND = 200;
const CHANGE_MILLISECONDS = 100;
const ROUNDS = 5;
const GOAL = 2;
/** What is promised at the least. */
const BOUND_MICROSECONDS = 1_000_000;

interface Process {
  readonly child: ChildProcess;
  readonly port: number;
}

/**
 * From the command that gives a licence, or takes it back, to the running application that hears of it: a thousand
 * applications on two server processes, ten changes a second, the command and the application on different processes
 * every other time. What HTTP and the owner's session take before the command is not in it.
 *
 * The baseline, in turn with each change: an update with its commit and NOTIFY, to a bare listener.
 */
export async function benchPush(): Promise<Figure[]> {
  const bench = await openBenchGround(4);
  const processes: Process[] = [];
  try {
    const { ground, pool, url } = bench;
    const productId = await makeBenchProduct(ground);
    const applicationId = await makeBenchApplication(ground, productId);
    for (let index = 0; index < TEAMS; index += 1) {
      await makeBenchTeam(ground, pool, { productId, size: PEOPLE_IN_A_TEAM });
    }
    const devices = await signInEverybody(ground, pool, applicationId);
    await pool.query('analyze');
    for (let index = 0; index < 2; index += 1) processes.push(await startProcess(url));
    return await measure({ url, processes, devices, productId });
  } finally {
    for (const { child } of processes) child.kill();
    await bench.stop();
  }
}

async function startProcess(url: string): Promise<Process> {
  const child = fork(new URL('./push-server.ts', import.meta.url), [url, '00'.repeat(32)]);
  const { port } = await told<{ port: number }>(child);
  return { child, port };
}

interface Scene {
  readonly url: string;
  readonly processes: readonly Process[];
  readonly devices: readonly SignedInDevice[];
  readonly productId: ProductId;
}

async function measure({ url, processes, devices, productId }: Scene): Promise<Figure[]> {
  const heard = new Map<string, (event: string) => void>();
  const end = await openStreams(
    devices.map(({ token, accountId }, index) => ({
      port: processes[index % 2]?.port ?? 0,
      token,
      onEvent: (event) => heard.get(accountId)?.(event),
    })),
  );
  const bare = await openBare(url);
  const owners = ownersOf(devices);
  const tails: { value: number; baseline: number }[] = [];
  const middles: { value: number; baseline: number }[] = [];
  let worst = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const theirs: number[] = [];
    const baseline: number[] = [];
    for (let index = 0; index < CHANGES_A_ROUND; index += 2) {
      const device = devices[(index * 7 + round) % devices.length] as SignedInDevice;
      // Every other pair of changes is asked of the process to which the application is not connected.
      const { child } = processes[(index / 2) % 2] as Process;
      const change = changer({ child, device, ownerId: owners.get(device.teamId) as AccountId, productId, heard });
      for (const step of [change.give, change.take]) {
        const began = performance.now();
        theirs.push(await step());
        baseline.push(await bare.change());
        await delay(Math.max(0, CHANGE_MILLISECONDS - (performance.now() - began)));
      }
    }
    if (round === 0) continue;
    const [mine, bares] = [theirs, baseline].map((times) => times.toSorted((one, other) => one - other));
    tails.push({ value: percentile(mine ?? [], 0.99), baseline: percentile(bares ?? [], 0.99) });
    middles.push({ value: percentile(mine ?? [], 0.5), baseline: percentile(bares ?? [], 0.5) });
    worst = Math.max(worst, mine?.at(-1) ?? 0);
  }
  await bare.close();
  end();
  return [
    figureOf('99th percentile from the change to the application that hears of it', 'us', tails, GOAL, 'less'),
    figureOf('median from the change to the application that hears of it', 'us', middles, null, 'less'),
    figureOf('slowest change, against the bound', 'us', [{ value: worst, baseline: BOUND_MICROSECONDS }], 1, 'less'),
  ];
}

interface Changing {
  readonly child: ChildProcess;
  readonly device: SignedInDevice;
  readonly ownerId: AccountId;
  readonly productId: ProductId;
  readonly heard: Map<string, (event: string) => void>;
}

/** Gives and takes one person's licence; each answers the microseconds until the application has heard of it. */
function changer({ child, device, ownerId, productId, heard }: Changing) {
  const { memberId, teamId, accountId } = device;
  let licenceId = '' as LicenceId;
  const timed = async (event: string, request: PushRequest) => {
    const { promise, resolve } = Promise.withResolvers<bigint>();
    heard.set(accountId, (name) => {
      if (name === event) resolve(process.hrtime.bigint());
    });
    child.send(request);
    const done = await told<{ licenceId: LicenceId; began: string }>(child);
    licenceId = done.licenceId;
    return Number((await promise) - BigInt(done.began)) / 1000;
  };
  return {
    give: () => timed('given', { ask: 'give', ownerId, gift: { teamId, productId, memberId } }),
    take: () => timed('taken', { ask: 'take', ownerId, taking: { teamId, licenceId, memberId } }),
  };
}

/** The owner of each team, who is its first. */
function ownersOf(devices: readonly SignedInDevice[]): Map<TeamId, AccountId> {
  const owners = new Map<TeamId, AccountId>();
  for (const { teamId, accountId } of devices) if (!owners.has(teamId)) owners.set(teamId, accountId);
  return owners;
}

/** One connection that updates, notifies and commits, and another one that listens. */
async function openBare(url: string) {
  const [writer, listener] = [new pg.Client(url), new pg.Client(url)];
  for (const client of [writer, listener]) client.on('error', () => {}); // what fails is told by the query
  await Promise.all([writer.connect(), listener.connect()]);
  await writer.query('create table bench_bare (id int primary key, head int); insert into bench_bare values (1, 0)');
  await listener.query('listen bench_bare');
  return {
    async change(): Promise<number> {
      const { promise, resolve } = Promise.withResolvers<number>();
      const began = performance.now();
      listener.once('notification', () => resolve((performance.now() - began) * 1000));
      await writer.query(`begin; update bench_bare set head = head + 1 where id = 1; notify bench_bare; commit`);
      return promise;
    },
    close: () => Promise.all([writer.end(), listener.end()]),
  };
}
