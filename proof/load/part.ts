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
import { goodput, isCheck, judgeLoad, recoveryOf, tally } from './step.ts';

const PERCENTS = [50, 80, 100, 150];
/** As many as are let in at a time, so that nothing is turned away while the capacity is found. */
const AT_ONCE = 20;
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

  await sendClosed(loop, AT_ONCE, stepMilliseconds / 4);
  const capacity = await sendClosed(loop, AT_ONCE, stepMilliseconds / 4);
  say(`${Math.round(capacity)} calls a second can be done`);
  const restBytes = residentBytes(server.pid);
  let mostBytes = restBytes;
  const steps: Step[] = [];
  const at = async (percent: number, milliseconds: number): Promise<Step> => {
    const watch = setInterval(() => {
      mostBytes = Math.max(mostBytes, residentBytes(server.pid));
    }, 500);
    const answered = await sendAtRate(loop, (capacity * percent) / 100, milliseconds);
    clearInterval(watch);
    const step = { percent, answered, milliseconds };
    say(describe(step));
    return step;
  };
  for (const percent of PERCENTS) {
    steps.push(await at(percent, stepMilliseconds));
    // What is still on its way belongs to the step before, but for the overload, whose recovery is measured.
    if (percent < 150) await delay(1000);
  }
  const after = await at(50, stepMilliseconds / 2);
  agent.destroy();
  const grown = mostBytes - restBytes;
  const memory = grown > MOST_GROWTH_BYTES ? [`the server grew by ${Math.round(grown / 1024 ** 2)} MiB`] : [];
  const judged = { steps, after, capacity };
  return {
    operations: [...steps, after].reduce((sum, { answered }) => sum + answered.length, 0),
    faults: 0,
    violations: [...judgeLoad(judged), ...memory],
    figures: { ...figuresOf(judged), grownMebibytes: Math.round(grown / 1024 ** 2), machine: machine() },
  };
}

function figuresOf({ steps, after, capacity }: Judged): Record<string, number> {
  const figures: Record<string, number> = { capacityPerSecond: Math.round(capacity) };
  for (const step of steps) {
    const name = `at${step.percent}`;
    const checks = tally(step.answered.filter(isCheck));
    const others = tally(step.answered.filter((one) => !isCheck(one)));
    figures[`${name}DonePerSecond`] = Math.round(goodput(step));
    for (const [who, { delays }] of Object.entries({ Check: checks, Other: others })) {
      const [p50, p99, p999, max] = delays;
      Object.assign(figures, {
        [`${name}${who}P50Milliseconds`]: p50,
        [`${name}${who}P99Milliseconds`]: p99,
        [`${name}${who}P999Milliseconds`]: p999,
        [`${name}${who}MaxMilliseconds`]: max,
      });
    }
    figures[`${name}SentLateMaxMilliseconds`] = Math.round(Math.max(0, ...step.answered.map(({ late }) => late)));
    figures[`${name}ShedChecks`] = checks.fates.shed;
    figures[`${name}ShedOthersPercent`] = Math.round((others.fates.shed / Math.max(1, others.count)) * 1000) / 10;
  }
  figures.recoveryMilliseconds = Math.round(recoveryOf(after));
  return figures;
}

function describe({ percent, answered }: Step): string {
  const kinds = { checks: answered.filter(isCheck), others: answered.filter((one) => !isCheck(one)) };
  const parts = Object.entries(kinds).map(([name, some]) => {
    const { count, fates, delays } = tally(some);
    return `${count} ${name}: ${fates.shed} turned away, ${fates.broken} broken, ${delays.join(' / ')} ms`;
  });
  return `${percent} %: ${parts.join('; ')}`;
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
