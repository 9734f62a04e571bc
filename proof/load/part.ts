import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { chanceOf } from '../chance.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import type { Place } from '../place.ts';
import { openPlace } from '../place.ts';
import { mixOf } from './mix.ts';
import { openOffice } from './office.ts';
import type { Loop } from './open-loop.ts';
import { sendAtRate, sendClosed } from './open-loop.ts';
import type { Judged, Step } from './step.ts';
import { countOf, judgeLoad, keptUp, StepCount } from './step.ts';

const PERCENTS = [50, 80, 100, 150];
/** As many as are let in at a time, so that nothing is turned away while the server warms up. */
const AT_ONCE = 20;
/** From what can be done with so many at a time, the load is raised until the server no longer keeps up. */
const RAISED_BY = 1.15;
const MOST_RAISES = 10;
/** In less time the last answers, which come when it is over, would weigh too much. */
const SHORTEST_TRY_MILLISECONDS = 3000;
/** After which a server that was asked too much has nothing left to answer. */
const SETTLING_MILLISECONDS = 1000;
/** Parts of the time: the four steps, and half a step each to find the capacity and to recover. */
const STEPS_IN_ALL = PERCENTS.length + 1;
const MOST_GROWTH_BYTES = 256 * 1024 ** 2;

/** Load at half, four fifths, all and one and a half times of what can be done: who is turned away, how, and how long it takes to recover. */
export const part: ProofPart = {
  name: 'load',
  about: 'Open-loop load at 50, 80, 100 and 150 % of capacity: delays, what is turned away and how, recovery.',
  shortSeconds: 50,
  async run(options) {
    const place = await openPlace();
    try {
      return await loadOn(place, options);
    } finally {
      await place.close();
    }
  },
};

async function loadOn(place: Place, { seconds, seed, say }: ProofOptions): Promise<ProofOutcome> {
  const server = await place.startServer();
  const office = await openOffice(place, server);
  const chance = chanceOf(seed);
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const loop: Loop = { url: server.url, agent, chance, next: mixOf(office, chance.branch('mix')) };
  const stepMilliseconds = (seconds * 1000) / STEPS_IN_ALL;

  const capacity = await findCapacity(loop, stepMilliseconds);
  say(`${Math.round(capacity)} calls a second can be done`);
  const restBytes = residentBytes(server.pid);
  let mostBytes = restBytes;
  const steps: Step[] = [];
  const at = async (percent: number, milliseconds: number): Promise<Step> => {
    const watch = setInterval(() => {
      mostBytes = Math.max(mostBytes, residentBytes(server.pid));
    }, 500);
    const step = await loadWith(loop, { percent, perSecond: (capacity * percent) / 100, milliseconds });
    clearInterval(watch);
    say(describe(step));
    return step;
  };
  for (const percent of PERCENTS) {
    steps.push(await at(percent, stepMilliseconds));
    // What is still on its way belongs to the step before, but for the overload, whose recovery is measured.
    if (percent < 150) await delay(SETTLING_MILLISECONDS);
  }
  const after = await at(50, stepMilliseconds / 2);
  agent.destroy();
  const grown = mostBytes - restBytes;
  const memory = grown > MOST_GROWTH_BYTES ? [`the server grew by ${Math.round(grown / 1024 ** 2)} MiB`] : [];
  const judged = { steps, after, capacity };
  return {
    operations: [...steps, after].reduce((sum, step) => sum + countOf(step), 0),
    faults: 0,
    violations: [...judgeLoad(judged), ...memory],
    figures: { ...figuresOf(judged), grownMebibytes: Math.round(grown / 1024 ** 2), machine: machine() },
  };
}

interface Load {
  readonly percent: number;
  readonly perSecond: number;
  readonly milliseconds: number;
}

async function loadWith(loop: Loop, { percent, ...load }: Load): Promise<Step> {
  const count = new StepCount(percent, load.milliseconds);
  await sendAtRate(loop, load, count.note);
  return count.step;
}

/**
 * The most calls a second that are all done in time, in steps of {@link RAISED_BY}.
 *
 * Twenty callers who each wait for their answer leave the server idle whenever it waits for the database, so what they get done
 * is where the search begins.
 */
async function findCapacity(loop: Loop, stepMilliseconds: number): Promise<number> {
  const milliseconds = Math.max(SHORTEST_TRY_MILLISECONDS, stepMilliseconds / 20);
  await sendClosed(loop, AT_ONCE, stepMilliseconds / 8);
  let capacity = await sendClosed(loop, AT_ONCE, stepMilliseconds / 8);
  for (let raises = 0; raises < MOST_RAISES; raises += 1) {
    const perSecond = capacity * RAISED_BY;
    const step = await loadWith(loop, { percent: 100, perSecond, milliseconds });
    if (!keptUp(step, perSecond)) break;
    capacity = perSecond;
  }
  await delay(SETTLING_MILLISECONDS);
  return capacity;
}

function figuresOf({ steps, after, capacity }: Judged): Record<string, number> {
  const figures: Record<string, number> = { capacityPerSecond: Math.round(capacity) };
  for (const { percent, checks, others, goodput, sentLate } of steps) {
    const name = `at${percent}`;
    figures[`${name}DonePerSecond`] = Math.round(goodput);
    for (const [who, { delays }] of Object.entries({ Check: checks, Other: others })) {
      const [p50, p99, p999, max] = delays;
      Object.assign(figures, {
        [`${name}${who}P50Milliseconds`]: p50,
        [`${name}${who}P99Milliseconds`]: p99,
        [`${name}${who}P999Milliseconds`]: p999,
        [`${name}${who}MaxMilliseconds`]: max,
      });
    }
    figures[`${name}SentLateMaxMilliseconds`] = Math.round(sentLate);
    figures[`${name}ShedChecks`] = checks.fates.shed;
    figures[`${name}ShedOthersPercent`] = Math.round((others.fates.shed / Math.max(1, others.count)) * 1000) / 10;
  }
  figures.recoveryMilliseconds = Math.round(after.lastShedAt);
  return figures;
}

function describe({ percent, checks, others, goodput }: Step): string {
  const parts = Object.entries({ checks, others }).map(
    ([name, { count, fates, delays }]) =>
      `${count} ${name}: ${fates.shed} turned away, ${fates.broken} broken, ${delays.join(' / ')} ms`,
  );
  return `${percent} %: ${Math.round(goodput)} a second; ${parts.join('; ')}`;
}

/** Resident memory of a process (proc(5)), in bytes; 0 where the system does not tell. */
function residentBytes(pid: number): number {
  try {
    const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kibibytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const machine = (): string => `${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}`;
