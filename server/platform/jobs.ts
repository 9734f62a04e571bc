import type { Kysely } from 'kysely';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { withConnection } from '../db/connection.ts';
import { refuseStandby } from '../db/database.ts';
import { BY_ITS_OWNER } from '../db/migrate.ts';
import { ConfigError } from './config-error.ts';
import type { Log } from './log.ts';

/** A kind of job: its queue, how often a failure is tried again, and what is done. */
export interface JobKind {
  readonly name: string;
  /** Runs one job. It may run more than once, so it decides by the state that it finds. */
  readonly handle: (payload: unknown) => Promise<void>;
  /** A cron expression for a job that comes by itself, in the vendor's time zone. */
  readonly cron?: string;
  /** How often it is tried again, with waits that double from a second to an hour; 20 times unless told. */
  readonly retryLimit?: number;
  /**
   * Called when the last try has failed, with what it failed with. Where it fails itself, or its process dies, nobody calls it again: a
   * kind that needs it finds by its rows what was left.
   */
  readonly giveUp?: (payload: unknown, error: unknown) => Promise<void>;
  /**
   * What the rows of the business say is owed. What no job stands for is queued when the process starts: a restored database
   * has rows and no jobs.
   */
  readonly owed?: () => Promise<readonly OwedJob[]>;
}

export interface OwedJob {
  readonly payload: object;
  readonly startAfter?: Date;
}

export interface Jobs {
  /** Queues a job inside the caller's transaction: it exists if and only if that commits. */
  queue(db: Kysely<never> | object, job: string, payload: object, options?: { startAfter?: Date }): Promise<void>;
}

export interface RunningJobs extends Jobs {
  /** @param options.alone Whether no other process can be at work on these jobs: then those of a dead one go on at once. */
  start(kinds: readonly JobKind[], options?: { alone: boolean }): Promise<void>;
  stop(): Promise<void>;
}

/** Where the queue keeps its tables. */
export const JOB_SCHEMA = 'job';
/** A worker that is not heard of for so long is dead, and its job is another's. */
const HEARTBEAT_SECONDS = 10;
const LOOK_SECONDS = 5;
/** How many jobs of one kind run at a time. */
const WORKERS = 2;

export interface JobOptions {
  readonly connectionString: string;
  readonly log: Log;
  readonly timeZone: string;
  /** Whether it makes and upgrades its own tables. */
  readonly migrates?: boolean;
}

/** Makes and upgrades the tables of the queue, for servers whose account may not. */
export async function migrateJobs(connectionString: string, log: Log): Promise<void> {
  const boss = new PgBoss({
    connectionString,
    schema: JOB_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
    // Goes through to the queue's own pool.
    ...{ verify: refuseStandby },
  });
  boss.on('error', quietly(log));
  await boss.start().finally(() => boss.stop({ graceful: false, close: true }));
}

/** Jobs kept in the same database (pg-boss): a crash loses none, and a commit wakes the worker within milliseconds. */
export function createJobs(options: JobOptions): RunningJobs {
  const settings = {
    connectionString: options.connectionString,
    schema: JOB_SCHEMA,
    application_name: 'namesake jobs',
    max: 4,
    migrate: options.migrates ?? true,
    // Goes through to the queue's own pool.
    verify: refuseStandby,
    useListenNotify: true,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
  };
  const boss = new PgBoss(settings);
  boss.on('error', quietly(options.log));
  return {
    async queue(db, job, payload, sendOptions) {
      await boss.send(job, payload, { ...sendOptions, db: inTransaction(db as Kysely<never>) });
    },
    async start(kinds, { alone } = { alone: false }) {
      await boss.start().catch((error: unknown) => Promise.reject(meaningOf(error)));
      if (alone) await takeBack(options.connectionString);
      for (const kind of kinds) await startKind(boss, kind, options);
      for (const kind of kinds) await queueOwed(boss, kind, options.connectionString);
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000, close: true }),
  };
}

async function startKind(
  boss: PgBoss,
  kind: JobKind,
  { log, timeZone }: { log: Log; timeZone: string },
): Promise<void> {
  const settings = {
    notify: true,
    retryLimit: kind.retryLimit ?? 20,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 120,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: 3 * 86_400,
  };
  await boss.createQueue(kind.name, settings);
  // A queue that an earlier version has made keeps that one's settings otherwise.
  await boss.updateQueue(kind.name, settings);
  for (let count = 0; count < WORKERS; count += 1) await startWorker(boss, kind, log);
  if (kind.cron) await boss.schedule(kind.name, kind.cron, {}, { tz: timeZone });
}

async function startWorker(boss: PgBoss, kind: JobKind, log: Log): Promise<void> {
  let workerId = '';
  const options = { batchSize: 1, notifyPollingIntervalSeconds: 10, includeMetadata: true } as const;
  workerId = await boss.work(kind.name, options, async ([job]) => {
    // Many jobs of one commit wake the workers once: after each job it looks for the next by itself.
    boss.notifyWorker(workerId);
    if (!job) return;
    try {
      await kind.handle(job.data);
    } catch (error) {
      const isLast = job.retryCount >= job.retryLimit;
      const what = isLast ? 'job failed for good' : 'job failed; it will be tried again';
      log.error(what, error, { job: kind.name, id: job.id });
      if (isLast) await giveUp(kind, job.data, error).catch((failure) => log.error('giving a job up failed', failure));
      throw error;
    }
  });
}

/** By these words the queue says that its tables are not those of this version, where it may not change them itself. */
const OTHER_TABLES = /pg-boss (?:is not installed|database requires migrations)/;

const meaningOf = (error: unknown): unknown =>
  error instanceof Error && OTHER_TABLES.test(error.message)
    ? new ConfigError('The database', `has another queue than this version needs: ${BY_ITS_OWNER}`, { cause: error })
    : error;

const giveUp = async ({ giveUp: work }: JobKind, payload: unknown, error: unknown): Promise<void> =>
  work?.(payload, error);

const QUIET_MILLISECONDS = 10_000;

/** Logs the first of a run of errors: while the database is away each worker has one every moment. */
function quietly(log: Log): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MILLISECONDS;
    log.error('job queue', error);
  };
}

/** Makes the jobs that a dead process had in hand wait again. Their handlers decide by the state that they find. */
function takeBack(connectionString: string): Promise<void> {
  return withConnection({ connectionString }, async (client) => {
    await client.query(`update ${JOB_SCHEMA}.job set state = 'retry', started_on = null where state = 'active'`);
  });
}

/** Of several processes that start at once, the second finds what the first has queued. */
async function queueOwed(boss: PgBoss, { name, owed }: JobKind, connectionString: string): Promise<void> {
  const jobs = await owed?.();
  if (!jobs || jobs.length === 0) return;
  await withConnection({ connectionString }, async (client) => {
    const db = {
      executeSql: async (text: string, values: unknown[] = []) => ({ rows: (await client.query(text, values)).rows }),
    };
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`owed ${name}`]);
    for (const { payload, startAfter } of await withoutJob(client, name, jobs)) {
      await boss.send(name, payload, { ...(startAfter && { startAfter }), db });
    }
    await client.query('commit');
  });
}

/** A job that has failed for good stands for what it was to do as well: it would only fail again. */
async function withoutJob(client: pg.Client, name: string, jobs: readonly OwedJob[]): Promise<OwedJob[]> {
  const { rows } = await client.query<{ position: string }>(
    `select o.position from unnest($2::jsonb[]) with ordinality as o (payload, position)
      where not exists (select from ${JOB_SCHEMA}.job j where j.name = $1 and j.data = o.payload
                          and j.state in ('created', 'retry', 'active', 'failed'))`,
    [name, jobs.map(({ payload }) => JSON.stringify(payload))],
  );
  return rows.flatMap(({ position }) => jobs[Number(position) - 1] ?? []);
}

function inTransaction(db: Kysely<never>) {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}
