import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Application } from './applications.ts';
import type { Checks, Evaluation } from './checks.ts';
import type { Cluster } from './cluster.ts';
import type { Acknowledged } from './ledger.ts';
import { compare, readTruth } from './ledger.ts';
import { until } from './network.ts';
import type { Office } from './office.ts';
import { signal } from './processes.ts';
import type { Site } from './site.ts';
import type { Writer } from './writer.ts';

const CHANGES = 12;
const ASIDE_SECONDS = 30;
const BELIEF_SECONDS = 20;

export interface LostTimeline {
  /** Acknowledged changes that the ledger reported as lost. */
  readonly reported: number;
  readonly violations: readonly string[];
}

export interface LostTimelineOptions {
  readonly site: Site;
  readonly office: Office;
  /** Changes the licence of somebody else. */
  readonly writer: Writer;
  /** Changes the licence of whoever sits at the application. */
  readonly personWriter: Writer;
  readonly application: Application;
  readonly checks: Checks;
}

/**
 * The planted fault: without the synchronous standby, and with one that lags, a killed primary takes acknowledged changes with it.
 *
 * The ledger must report them. And nobody may go on believing them: an application whose licence was given on the lost timeline
 * locks, and both servers answer from what the new primary has.
 */
export async function loseTimeline(options: LostTimelineOptions): Promise<LostTimeline> {
  const { site, office, writer, personWriter, application } = options;
  const { cluster } = site;
  await leaveAlone(cluster);
  const primary = await cluster.primary();
  const standby = cluster.standbyOf(primary);
  const receiver = await stopReceiver(cluster.urlOf(standby));
  const lost: Acknowledged[] = [];
  for (let count = 0; count < CHANGES; count += 1) lost.push(await writer.write());
  lost.push(await personWriter.write());
  await application.share.until('unlocked', { signal: AbortSignal.timeout(BELIEF_SECONDS * 1000) });
  await primary.kill({ whole: false });
  // What is on the way to it must not arrive: the primary's machine is gone.
  signal(receiver, 'SIGTERM');
  signal(receiver, 'SIGCONT');
  await until('there is another primary', 60, async () => (await standby.ask('/primary'))?.status === 200);
  await until('the database can be reached', 60, () => canRead(site.databaseUrl));
  const earlier = [...writer.acknowledged, ...personWriter.acknowledged].filter((entry) => !lost.includes(entry));
  const truth = await readTruth(site.databaseUrl, office.teamId);
  const reported = compare([...earlier, ...lost], truth).filter((line) => line.startsWith('lost:')).length;
  const locked = await application.share
    .until('locked', { signal: AbortSignal.timeout(BELIEF_SECONDS * 1000) })
    .then(() => [])
    .catch(() => [
      `${BELIEF_SECONDS} s after the failover an application still believes what the lost timeline told it`,
    ]);
  const believed = await believedBy(options);
  await primary.startAgain();
  await cluster.unprotected(180);
  return { reported, violations: [...locked, ...believed] };
}

async function leaveAlone(cluster: Cluster): Promise<void> {
  const primary = await cluster.primary();
  await primary.tell('PATCH', '/config', { synchronous_mode: false });
  await cluster.unprotected(ASIDE_SECONDS);
  await until(
    'commits wait for nobody',
    ASIDE_SECONDS,
    async () => (await ask(cluster.urlOf(primary), 'show synchronous_standby_names')) === '',
  );
}

/** Makes the standby deaf, so that it falls behind. */
async function stopReceiver(url: string): Promise<number> {
  const pid = Number(await ask(url, 'select pid from pg_stat_wal_receiver'));
  process.kill(pid, 'SIGSTOP');
  await delay(200);
  return pid;
}

/**
 * What the servers answer, each from its own memory, about whoever was given a licence on the lost timeline: marked as stale it may be
 * that licence, until the server has read everything anew.
 */
async function believedBy({ site, office, checks }: LostTimelineOptions): Promise<string[]> {
  const believed: string[] = [];
  for (const { url } of site.servers) {
    let last: Evaluation | undefined;
    const isNo = async () => {
      last = await checks.evaluate(office.waiting.email, url);
      if (last.decision && !last.context?.stale) throw new Error('an unmarked yes');
      return !last.decision;
    };
    const complain = () => void believed.push(`a server answers from the lost timeline: ${JSON.stringify(last)}`);
    await until('the server says no', BELIEF_SECONDS, isNo).catch(complain);
  }
  return believed;
}

async function canRead(url: string): Promise<boolean> {
  return ask(url, 'select 1').then(
    () => true,
    () => false,
  );
}

async function ask(connectionString: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on('error', () => {}); // whoever asks is told
  try {
    await client.connect();
    const { rows } = await client.query({ text: query, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end().catch(() => {});
  }
}
