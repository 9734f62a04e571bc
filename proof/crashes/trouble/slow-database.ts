import { setTimeout as delay } from 'node:timers/promises';
import { handOutOnce } from '../licence-load.ts';
import type { Trouble } from './trouble.ts';

const SLOW_MILLISECONDS = 5000;
const LASTS_MILLISECONDS = 12_000;
/** A check waits two seconds at most for its memory to be current; the rest is for a busy machine. */
const CHECK_MILLISECONDS = 6000;
const BACK_MILLISECONDS = 15_000;

/** Everything that is sent to the database arrives five seconds late: checks go on, and what is asked for is done once all the same. */
export const slowDatabase: Trouble = {
  name: 'slowDatabase',
  async run({ stage, town, ledger, watch, chance }) {
    const violations: string[] = [];
    const before = watch.answered;
    watch.resetSlowest();
    stage.proxy.slowDown(SLOW_MILLISECONDS);
    const work = town.teams.map((team) => handOutOnce(team, { caller: stage.caller, ledger, watch, chance }));
    await delay(LASTS_MILLISECONDS);
    const answered = watch.answered - before;
    const slowest = Math.round(watch.slowestMilliseconds);
    stage.proxy.slowDown(0);
    const mended = performance.now();
    const results = await Promise.allSettled(work);
    for (const result of results) if (result.status === 'rejected') violations.push(`slow database: ${result.reason}`);
    await Promise.all(town.teams.map((team) => handOutOnce(team, { caller: stage.caller, ledger, watch, chance })));
    const back = Math.round(performance.now() - mended);
    if (back > BACK_MILLISECONDS) violations.push(`slow database: changes took ${back} ms after it was quick again`);
    if (answered === 0) violations.push('slow database: no check was answered');
    if (slowest > CHECK_MILLISECONDS) violations.push(`slow database: a check took ${slowest} ms`);
    return { violations, figures: { checks: answered, slowestCheckMilliseconds: slowest, backMilliseconds: back } };
  },
};
