import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { PlannedCut } from './database-proxy.ts';
import { cuts } from './database-proxy.ts';
import type { Stage } from './stage.ts';

export const killKinds = [
  'serverKilled',
  'serverKilledAtStep',
  'postgresKilled',
  'postgresKilledAtStep',
  'backendKilled',
  'mailKilled',
  'mailKilledBetween',
] as const;
export const faultKinds = [...killKinds, 'databaseCut', 'clientCut'] as const;
export type KillKind = (typeof killKinds)[number];
export type FaultKind = (typeof faultKinds)[number];

/** How often a kind comes, against the others: what is back soon comes more often. */
const weights: Readonly<Record<FaultKind, number>> = {
  serverKilled: 2,
  serverKilledAtStep: 3,
  postgresKilled: 1,
  postgresKilledAtStep: 1,
  backendKilled: 1,
  mailKilled: 4,
  mailKilledBetween: 3,
  databaseCut: 30,
  clientCut: 10,
};

export interface Fault {
  readonly kind: KillKind;
  readonly at: number;
}

export interface Faults {
  /** Kills, in their order; cuts are counted where they come about. */
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
/** So many cuts come where a change becomes lasting. */
const DECIDING = 0.4;

/** Breaks one thing after the other, what and when by chance; the next does not wait until the last is mended. */
export function createFaults(stage: Stage, chance: Chance): Faults {
  const made: Fault[] = [];
  let running = true;
  const note = (kind: KillKind, isKilled: boolean) => void (isKilled && made.push({ kind, at: performance.now() }));
  const breakOne: Record<FaultKind, () => void | Promise<void>> = {
    serverKilled: () => note('serverKilled', killServer(stage, chance)),
    serverKilledAtStep: () =>
      planCut(stage, chance, (server) => note('serverKilledAtStep', killServer(stage, chance, server))),
    postgresKilled: () => note('postgresKilled', killPostgres(stage)),
    postgresKilledAtStep: () => planCut(stage, chance, () => note('postgresKilledAtStep', killPostgres(stage))),
    backendKilled: async () => note('backendKilled', await killBackend(stage, chance)),
    mailKilled: () => note('mailKilled', stage.mails.kill()),
    mailKilledBetween: () => stage.mails.dieAtNext(() => note('mailKilledBetween', true)),
    databaseCut: () => planCut(stage, chance),
    clientCut: () => stage.front.plan(chance.pick(cuts)),
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
        if (running) await breakOne[kind]();
        seen = stage.caller.acknowledged.length;
      }
      // What has not come about by now does not come any more.
      stage.proxy.planNothing();
      stage.front.plan(undefined);
      await stage.mails.spare();
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
function killServer({ crew }: Stage, chance: Chance, server = chance.below(crew.length)): boolean {
  if (crew.some(({ living }) => living === undefined)) return false;
  return crew[server]?.kill() ?? false;
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

/**
 * Plans a cut at the step that was cut least so far, of a work drawn by chance. The cut counts when it comes about.
 *
 * @param strike What is broken in the same moment besides the connection.
 */
function planCut({ proxy }: Stage, chance: Chance, strike?: PlannedCut['strike']): void {
  const moment = chance.pick(cuts);
  const work = chance.pick(proxy.steps.works());
  const step = work && moment && chance.pick(proxy.steps.leastCut({ work, moment, decides: chance.happens(DECIDING) }));
  if (work && moment && step) proxy.plan({ work, step, moment, ...(strike && { strike }) });
}
