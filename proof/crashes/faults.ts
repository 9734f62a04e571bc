import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import { cuts } from './database-proxy.ts';
import type { Stage } from './stage.ts';

export const faultKinds = [
  'serverKilled',
  'postgresKilled',
  'backendKilled',
  'mailKilled',
  'mailKilledBetween',
  'databaseCut',
  'clientCut',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** How often a kind comes, against the others: what is back soon comes more often. */
const weights: Readonly<Record<FaultKind, number>> = {
  serverKilled: 3,
  postgresKilled: 1,
  backendKilled: 1,
  mailKilled: 4,
  mailKilledBetween: 3,
  databaseCut: 30,
  clientCut: 10,
};

export interface Fault {
  readonly kind: FaultKind;
  readonly at: number;
}

export interface Faults {
  readonly made: readonly Fault[];
  /** Makes faults until it is told to stop. */
  run(): Promise<void>;
  stop(): void;
}

const PAUSE_MILLISECONDS = 120;
/** As a rule something has to be done between two faults: a slow machine would do nothing else than come back. */
const CALLS_BETWEEN = 2;
/** So many come upon the last one all the same, whatever is down. */
const OVERLAPPING = 0.15;

/** Breaks one thing after the other, what and when by chance; the next does not wait until the last is mended. */
export function createFaults(stage: Stage, chance: Chance): Faults {
  const made: Fault[] = [];
  let running = true;
  const breakOne: Record<FaultKind, () => boolean | Promise<boolean>> = {
    serverKilled: () => killServer(stage, chance),
    postgresKilled: () => killPostgres(stage),
    backendKilled: () => killBackend(stage, chance),
    mailKilled: () => stage.mails.server.kill(),
    mailKilledBetween: () => {
      stage.mails.dieAtNext();
      return stage.mails.server.pid !== undefined;
    },
    databaseCut: () => planCut(stage, chance),
    clientCut: () => {
      stage.front.plan(chance.pick(cuts) ?? 'answer');
      return true;
    },
  };
  let seen = 0;
  const hasMoved = () => stage.caller.acknowledged.length >= seen + CALLS_BETWEEN;
  return {
    made,
    async run() {
      while (running) {
        await delay(chance.below(2 * PAUSE_MILLISECONDS));
        const overlaps = chance.happens(OVERLAPPING);
        while (running && !overlaps && !hasMoved()) await delay(PAUSE_MILLISECONDS / 6);
        const kind = drawKind(chance);
        if (running && (await breakOne[kind]())) made.push({ kind, at: performance.now() });
        seen = stage.caller.acknowledged.length;
      }
      stage.proxy.plan(undefined);
    },
    stop: () => {
      running = false;
    },
  };
}

/** Each kind as often as it weighs. */
const draws = faultKinds.flatMap((kind) => new Array<FaultKind>(weights[kind]).fill(kind));

const drawKind = (chance: Chance): FaultKind => chance.pick(draws) ?? 'databaseCut';

/** One at a time is down, as a balancer wants it; PostgreSQL may be down as well. */
function killServer({ crew }: Stage, chance: Chance): boolean {
  if (crew.some(({ pid }) => pid === undefined)) return false;
  return chance.pick(crew)?.kill() ?? false;
}

function killPostgres({ postmaster }: Stage): boolean {
  return killed(postmaster());
}

async function killBackend({ pool, postmaster }: Stage, chance: Chance): Promise<boolean> {
  if (postmaster() === undefined) return false;
  const text = `select pid from pg_stat_activity where backend_type = 'client backend' and application_name like 'namesake%'`;
  const { rows } = await pool.query<{ pid: number }>(text).catch(() => ({ rows: [] }));
  return killed(chance.pick(rows)?.pid);
}

function killed(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    return false; // it has just ended
  }
}

/** Plans a cut at the step that was cut least so far, of a work drawn by chance. The cut counts when it comes about. */
function planCut({ proxy }: Stage, chance: Chance): false {
  const moment = chance.pick(cuts);
  const work = chance.pick(proxy.steps.works());
  const step = work && moment && chance.pick(proxy.steps.leastCut(work, moment));
  if (work && moment && step) proxy.plan({ work, step, moment });
  return false;
}
