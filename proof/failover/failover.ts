import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { Cluster } from './cluster.ts';
import type { DatabaseMachine } from './database-machine.ts';
import { longestGap } from './gap.ts';
import { until } from './network.ts';

const RECOVERY_SECONDS = 60;
/** Another primary, and the old one back as its standby. */
const PROTECTED_SECONDS = 180;

export interface Failover {
  readonly kind: 'database' | 'machine' | 'switchover';
  readonly from: string;
  readonly to: string;
  /** From the last change that was acknowledged before to the first one after. */
  readonly withoutWritesMilliseconds: number;
}

export interface FailoverOptions {
  readonly cluster: Cluster;
  readonly chance: Chance;
  /** When changes were acknowledged so far. */
  readonly written: () => readonly number[];
}

/** Kills the primary, waits until writes go on, and brings the machine back as a standby. */
export async function failOver(options: FailoverOptions): Promise<Failover> {
  const { cluster, chance } = options;
  const kind = chance.happens(0.4) ? 'machine' : 'database';
  const primary = await cluster.primary();
  await delay(2000 + chance.below(3000));
  const killedAt = performance.now();
  await primary.kill({ whole: kind === 'machine' });
  const withoutWritesMilliseconds = await gapSince(options, killedAt);
  const to = await cluster.primary();
  await delay(1000 + chance.below(3000));
  await primary.startAgain();
  await cluster.protected(PROTECTED_SECONDS);
  return { kind, from: primary.name, to: to.name, withoutWritesMilliseconds };
}

/** Makes the standby the primary as an administrator does who has work to do on the other machine. */
export async function switchOver(options: FailoverOptions): Promise<Failover> {
  const { cluster } = options;
  const primary = await cluster.primary();
  const standby = cluster.standbyOf(primary);
  const toldAt = performance.now();
  await primary.tell('POST', '/switchover', { leader: primary.name, candidate: standby.name });
  await until('the standby is the primary', RECOVERY_SECONDS, () => isPrimary(standby));
  const withoutWritesMilliseconds = await gapSince(options, toldAt);
  await cluster.protected(PROTECTED_SECONDS);
  return { kind: 'switchover', from: primary.name, to: standby.name, withoutWritesMilliseconds };
}

const isPrimary = async (machine: DatabaseMachine): Promise<boolean> => (await machine.ask('/primary'))?.status === 200;

const AROUND_MILLISECONDS = 1000;
const STEADY_MILLISECONDS = 2000;

/** Waits until writes have gone on for a while; answers the longest time without one since. */
async function gapSince({ written }: FailoverOptions, moment: number): Promise<number> {
  const hasResumed = () => {
    const last = written().at(-1) ?? 0;
    const first = written().find((at) => at > moment + AROUND_MILLISECONDS);
    return first !== undefined && last - first > STEADY_MILLISECONDS;
  };
  await until('writes go on', RECOVERY_SECONDS, hasResumed);
  return longestGap(written(), moment - AROUND_MILLISECONDS, performance.now());
}
