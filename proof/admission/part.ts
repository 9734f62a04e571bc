import { setTimeout as delay } from 'node:timers/promises';
import type { MemberId } from '../../domain/id.ts';
import type { Chance } from '../chance.ts';
import { chanceOf } from '../chance.ts';
import { checkLedger } from '../crashes/check-ledger.ts';
import type { Ledger } from '../crashes/ledger.ts';
import type { LicenceWatch } from '../crashes/licence-load.ts';
import { handOutOnce, tellAll } from '../crashes/licence-load.ts';
import type { Stage } from '../crashes/stage.ts';
import { faultsOfStage, openStage } from '../crashes/stage.ts';
import { timesOf } from '../crashes/times.ts';
import type { Town } from '../crashes/town.ts';
import { buildTown, openTownLedger } from '../crashes/town.ts';
import { watchTown } from '../crashes/watch-town.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import { checkRecord } from '../record-check/check-record.ts';
import { cutOff, disturbances, longCutOff } from './disturbances.ts';
import { BOUND_MILLISECONDS } from './judge.ts';
import type { Watch } from './watch.ts';

const SERVERS = 2;
const TEAMS = 2;
/** A process is cut off for more than a minute where there is the time. */
const LONG_FROM_SECONDS = 120;
const HANDING_PAUSE_MILLISECONDS = 150;
const REST_MILLISECONDS = 3 * BOUND_MILLISECONDS;

export const part: ProofPart = {
  name: 'admission',
  about:
    'checks at every process while licences are taken and processes are cut off, frozen, slowed down and killed: who is let in?',
  shortSeconds: 15,
  async run(options) {
    const stage = await openStage({ servers: SERVERS });
    try {
      const town = await buildTown(stage, TEAMS);
      const ledger = await openTownLedger(stage, town);
      options.say('the town stands; now it is disturbed');
      return await disturb(options, { stage, town, ledger, chance: chanceOf(options.seed) });
    } finally {
      await stage.close();
    }
  },
};

interface Scene {
  readonly stage: Stage;
  readonly town: Town;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

async function disturb({ seconds, say }: ProofOptions, { stage, town, ledger, chance }: Scene): Promise<ProofOutcome> {
  const watch = await watchTown(stage, town, chance.branch('watch'));
  const violations: string[] = [];
  const state = { running: true };
  const handing = town.teams.map(async (team, index) => {
    const own = chance.branch(`team ${index}`);
    const rest = restOf(watch);
    while (state.running) {
      const rested = { ...team, members: team.members.filter(rest.isOver) };
      await handOutOnce(rested, { caller: stage.caller, ledger, watch: rest.watch, chance: own }).catch(
        (error: unknown) => violations.push(String(error)),
      );
      await delay(own.below(2 * HANDING_PAUSE_MILLISECONDS));
    }
  });
  const made = await disturbFor(stage, { seconds, say, chance: chance.branch('disturbances') });
  state.running = false;
  await Promise.all(handing);
  // What was given and taken last has its time to be known everywhere.
  await Promise.all(stage.crew.map((member) => member.ready()));
  await delay(3 * BOUND_MILLISECONDS);
  await watch.stop();
  await stage.caller.repeatRest();
  return {
    operations: watch.answered,
    faults: made.length,
    violations: [
      ...violations,
      ...watch.violations,
      ...neverSeen(watch, made),
      ...faultsOfStage(stage),
      ...(await checkLedger(stage.pool, ledger)),
      ...(await checkRecord(stage.databaseUrl)),
    ],
    figures: { ...countsOf(made), commands: ledger.commands.length, ...figuresOf(watch) },
  };
}

/** Whoever had a licence taken gets none for a while, so that there are checks after the bound. */
function restOf(watch: Watch): { watch: LicenceWatch; isOver: (memberId: MemberId) => boolean } {
  const takenAt = new Map<MemberId, number>();
  return {
    watch: tellAll(watch, { taken: (_teamId, memberId) => takenAt.set(memberId, performance.now()) }),
    isOver: (memberId) => performance.now() - (takenAt.get(memberId) ?? Number.NEGATIVE_INFINITY) > REST_MILLISECONDS,
  };
}

/** What has to come about for the rest to say anything: a product that always says no lets nobody in too long, either. */
function neverSeen({ decisions, counts }: Watch, made: readonly string[]): string[] {
  return [
    ...(decisions.yes > 0 ? [] : ['nobody was ever let in']),
    ...(decisions.no > 0 ? [] : ['nobody was ever turned away']),
    ...(counts.markedLate > 0 || !made.includes(cutOff.name)
      ? []
      : ['a process was cut off, and has said yes to nobody whose licence was taken meanwhile: nothing was tried']),
    ...(decisions.unavailable > 0 || !made.includes(longCutOff.name)
      ? []
      : ['a process was cut off for more than a minute and went on deciding']),
  ];
}

/** One disturbance after the other, in turns; a process that is cut off comes first, for that is what the promise is about. */
async function disturbFor(
  stage: Stage,
  { seconds, say, chance }: { seconds: number; say: (line: string) => void; chance: Chance },
): Promise<string[]> {
  const ends = performance.now() + seconds * 1000;
  const made: string[] = [];
  await delay(1000);
  for (let turn = 0; performance.now() < ends; turn += 1) {
    const isLong = turn === disturbances.length && seconds >= LONG_FROM_SECONDS;
    const disturbance = isLong ? longCutOff : (disturbances[turn % disturbances.length] ?? cutOff);
    say(disturbance.name);
    made.push(disturbance.name);
    await disturbance.run(stage, chance);
    await delay(chance.below(1500));
  }
  return made;
}

const countsOf = (made: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(made, (name) => name)].map(([name, times]) => [name, times.length]));

/** The three that are counted apart come first: marked and late, unmarked and late, marked and older than a minute. */
function figuresOf(watch: Watch): ProofOutcome['figures'] {
  const { markedLate, unmarkedLate, tooOld, ageUnderstated, revisionIgnored, shutOut } = watch.counts;
  return {
    ...{ lateMarked: markedLate, lateUnmarked: unmarkedLate, staleOverAMinute: tooOld },
    ...{ ageUnderstated, revisionIgnored, shutOut, marked: watch.marked, oldestMarkedSeconds: watch.oldestSeconds },
    ...{
      checks: watch.answered,
      yes: watch.decisions.yes,
      no: watch.decisions.no,
      unavailable: watch.decisions.unavailable,
    },
    ...{ unansweredOfKilled: watch.unanswered, silent: watch.silent, refused: [...watch.refused].join('; ') },
    ...timesOf('check', watch.milliseconds),
  };
}
