import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../../chance.ts';
import { checkRecord } from '../../record-check/check-record.ts';
import { checkLedger } from '../check-ledger.ts';
import { handOutOnce } from '../licence-load.ts';
import type { Stage } from '../stage.ts';
import { faultsOfStage, openStage } from '../stage.ts';
import { buildTown, openTownLedger } from '../town.ts';
import { watchTown } from '../watch-town.ts';
import type { SmallDisk } from './full-disk.ts';
import { makeSmallDisk } from './full-disk.ts';
import type { TroubleOutcome } from './trouble.ts';

const FULL_MILLISECONDS = 6000;
const BACK_MILLISECONDS = 30_000;

/** The disk of the database is full, and then has room again: nothing that was acknowledged is lost, checks go on, and it comes back by itself. */
export async function fillDisk(chance: Chance): Promise<TroubleOutcome> {
  const disk = makeSmallDisk();
  if (!disk) return { violations: [], figures: { done: 'no: this machine lets nobody mount a small disk' } };
  try {
    const stage = await openStage({ servers: 1, dataFolder: path.join(disk.folder, 'engine') });
    try {
      return await fillUnder(stage, disk, chance);
    } finally {
      disk.clear();
      await stage.close();
    }
  } finally {
    disk.remove();
  }
}

async function fillUnder(stage: Stage, disk: SmallDisk, chance: Chance): Promise<TroubleOutcome> {
  const town = await buildTown(stage, 1);
  const ledger = await openTownLedger(stage, town);
  const watch = await watchTown(stage, town, chance);
  const { caller } = stage;
  const violations: string[] = [];
  const state = { running: true };
  const handing = town.teams.map(async (team) => {
    while (state.running) {
      await handOutOnce(team, { caller, ledger, watch, chance }).catch((error) =>
        violations.push(`disk full: ${error}`),
      );
    }
  });
  await delay(500);
  const acknowledged = ledger.commands.length;
  disk.fill();
  // The log of the database has room in the file that it has begun; then a change finds none.
  const began = performance.now();
  while (caller.unanswered === 0 && performance.now() - began < 4 * FULL_MILLISECONDS) await fillOn(disk);
  const refused = caller.unanswered;
  await delay(FULL_MILLISECONDS);
  disk.clear();
  const mended = performance.now();
  while (!isBack(stage, mended) && performance.now() - mended < BACK_MILLISECONDS) await delay(20);
  const back = Math.round(performance.now() - mended);
  state.running = false;
  await Promise.all(handing);
  await watch.stop();
  await caller.repeatRest();
  return {
    violations: [
      ...violations,
      ...(refused === 0 ? ['disk full: no change has noticed'] : []),
      ...(isBack(stage, mended) ? [] : [`disk full: nothing was acknowledged ${back} ms after there was room again`]),
      ...(watch.answered > 0 ? [] : ['disk full: no check was answered']),
      ...watch.violations,
      ...faultsOfStage(stage).map((what) => `disk full: ${what}`),
      ...(await checkLedger(stage.pool, ledger)),
      ...(await checkRecord(stage.databaseUrl)),
    ],
    figures: { done: 'yes', acknowledged, refused, backMilliseconds: back, checks: watch.answered },
  };
}

async function fillOn(disk: SmallDisk): Promise<void> {
  disk.fill();
  await delay(50);
}

const isBack = ({ caller }: Stage, since: number): boolean =>
  (caller.acknowledged.at(-1)?.beganAt ?? 0) > since || caller.acknowledged.some(({ endedAt }) => endedAt > since);
