import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { Stage } from '../crashes/stage.ts';

/** What keeps a process from following the record, or from knowing the time: each is made and mended by itself. */
export interface Disturbance {
  readonly name: string;
  run(stage: Stage, chance: Chance): Promise<void>;
}

const seconds = (chance: Chance, from: number, to: number): number => (from + chance.unit() * (to - from)) * 1000;

/** A process loses the database while the others have it: they take licences of which it hears nothing. */
export const cutOff: Disturbance = {
  name: 'cutOff',
  async run(stage, chance) {
    await cutOffFor(stage, chance.below(stage.crew.length), seconds(chance, 2, 6));
  },
};

/** The same for so long that it must not say yes any more. */
export const longCutOff: Disturbance = {
  name: 'longCutOff',
  run: (stage, chance) => cutOffFor(stage, chance.below(stage.crew.length), 75_000),
};

/** Meanwhile people are led to the others, as a balancer does: there licences are given and taken on. */
async function cutOffFor({ proxy, front, crew }: Stage, server: number, milliseconds: number): Promise<void> {
  const ports = crew.map(({ port }) => port);
  front.lead(ports.filter((_, index) => index !== server));
  proxy.cutOff(server, true);
  await delay(milliseconds);
  proxy.cutOff(server, false);
  front.lead(ports);
}

/** A process stands still and goes on later, as on a machine that slept. */
const freeze: Disturbance = {
  name: 'freeze',
  async run({ crew }, chance) {
    const pid = chance.pick(crew)?.pid;
    if (!signal(pid, 'SIGSTOP')) return;
    await delay(seconds(chance, 1.5, 4));
    signal(pid, 'SIGCONT');
  },
};

/** The connections by which processes hear of changes are ended in the database. */
const deafen: Disturbance = {
  name: 'deafen',
  async run({ ask }) {
    await ask(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'namesake changes'`);
  },
};

const slow: Disturbance = {
  name: 'slow',
  async run({ proxy }, chance) {
    proxy.slowDown(seconds(chance, 0.3, 2.5));
    await delay(4000);
    proxy.slowDown(0);
  },
};

const killServer: Disturbance = {
  name: 'serverKilled',
  async run({ crew }, chance) {
    const member = chance.pick(crew);
    member?.kill();
    await member?.ready();
  },
};

const killPostgres: Disturbance = {
  name: 'postgresKilled',
  async run({ postmaster, ask }) {
    signal(postmaster(), 'SIGKILL');
    await ask('select 1');
  },
};

/** In the order in which a short run comes to them. */
export const disturbances: readonly Disturbance[] = [cutOff, freeze, slow, killPostgres, deafen, killServer];

function signal(pid: number | undefined, name: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(pid, name);
  } catch {
    return false; // it has just ended
  }
}
