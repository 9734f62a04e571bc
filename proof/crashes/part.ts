import { setTimeout as delay } from 'node:timers/promises';
import type { Watch } from '../admission/watch.ts';
import type { Chance } from '../chance.ts';
import { chanceOf } from '../chance.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import { checkRecord } from '../record-check/check-record.ts';
import { checkLedger } from './check-ledger.ts';
import { checkNotices, countRepeated } from './check-notices.ts';
import { decisiveCuts, neverDone } from './coverage.ts';
import { cuts } from './database-proxy.ts';
import type { Faults, KillKind } from './faults.ts';
import { createFaults, killKinds } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { handOutOnce } from './licence-load.ts';
import { recoveriesOf } from './recovery.ts';
import { sellOnce } from './sale-load.ts';
import { passTime, sealNow, settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { faultsOfStage, openStage } from './stage.ts';
import { timesOf } from './times.ts';
import type { Town } from './town.ts';
import { buildTown, openTownLedger, phoneLoadOf, waitForLink } from './town.ts';
import { makeTroubles } from './trouble/troubles.ts';
import { watchTown } from './watch-town.ts';

const SERVERS = 2;
const TEAMS = 2;
const SELLERS = 2;
/** So long the end may take: a job of a process that was killed is another's after some 15 seconds. */
const SETTLE_SECONDS = 90;
const HALF_OF_TRIES = 5;

export const part: ProofPart = {
  name: 'crashes',
  about:
    'kills servers, PostgreSQL and the mail server and cuts connections at every step, under a whole sale and give, take, move',
  shortSeconds: 25,
  run,
};

async function run(options: ProofOptions): Promise<ProofOutcome> {
  const chance = chanceOf(options.seed);
  const stage = await openStage({ servers: SERVERS });
  try {
    const town = await buildTown(stage, TEAMS);
    const ledger = await openTownLedger(stage, town);
    options.say('the town stands; now it is broken');
    return await breakAndCheck(options, { stage, town, ledger, chance });
  } finally {
    await stage.close();
  }
}

interface Scene {
  readonly stage: Stage;
  readonly town: Town;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

async function breakAndCheck({ seconds, say }: ProofOptions, scene: Scene): Promise<ProofOutcome> {
  const { stage, ledger, chance } = scene;
  const watch = await watchTown(stage, scene.town, chance.branch('watch'));
  const faults = createFaults(stage, chance.branch('faults'));
  const refusals: string[] = [];
  const load = startLoad(scene, { watch, refusals });
  const breaking = faults.run();
  const began = performance.now();
  for (let left = seconds; left > 0; left -= 5) {
    await delay(Math.min(left, 5) * 1000);
    say(`${faults.made.length} faults, ${ledger.commands.length} commands, ${ledger.orders.size} orders`);
  }
  faults.stop();
  await breaking;
  const minutes = (performance.now() - began) / 60_000;
  await load.stop();
  const { open, milliseconds } = await settle(stage, SETTLE_SECONDS);
  const mailFigures = await mailsIn(stage);
  await showsToBeBack(scene, { watch, refusals });
  const unsealed = await sealNow(stage);
  const never = neverDone({ ...doneIn(scene, faults), seconds });
  const troubles = await makeTroubles({ ...scene, watch }, { seconds, say });
  await watch.stop();
  await stage.caller.repeatRest();
  const mails = stage.mails.messages();
  const violations = [
    ...refusals,
    ...open,
    ...unsealed,
    ...never,
    ...troubles.violations,
    ...(await checkLedger(stage.pool, ledger)),
    ...(await checkNotices(stage.pool, ledger, mails)),
    ...(await checkRecord(stage.databaseUrl)),
    ...watch.violations,
    ...faultsOfStage(stage),
  ];
  return {
    operations: stage.caller.calls,
    faults: faults.made.length + sumOf(stage.proxy.made) + sumOf(stage.front.made),
    violations,
    figures: {
      ...figuresOf(scene, { faults, minutes, watch, load }),
      settledMilliseconds: Math.round(milliseconds),
      ...mailFigures,
      ...troubles.figures,
    },
  };
}

/** A change of each team after all that was broken: every fault has been followed by one that was acknowledged. */
async function showsToBeBack(
  { stage, town, ledger, chance }: Scene,
  { watch, refusals }: { watch: Watch; refusals: string[] },
): Promise<void> {
  const load = { caller: stage.caller, ledger, watch, chance: chance.branch('back') };
  for (const team of town.teams)
    await handOutOnce(team, load).catch((error: unknown) => refusals.push(`nothing is done after it: ${error}`));
}

/** How long mails have waited until they were taken, the waits between tries being passed, and how many tries that took. */
async function mailsIn({ ask }: Stage): Promise<Record<string, number>> {
  const rows = await ask<{ milliseconds: number; attempts: number }>(
    `select (extract(epoch from accepted_at - queued_at) * 1000)::float8 as milliseconds, attempts
       from notice where accepted_at is not null`,
  );
  const waits = timesOf(
    'mailTaken',
    rows.map(({ milliseconds }) => milliseconds),
  );
  return { ...waits, mailTriesMax: Math.max(0, ...rows.map(({ attempts }) => attempts)) };
}

interface Load {
  /** Sales that were left where they were because a mail did not come in time. */
  readonly left: number;
  stop(): Promise<void>;
}

function startLoad(scene: Scene, { watch, refusals }: { watch: Watch; refusals: string[] }): Load {
  const { stage, town, ledger, chance } = scene;
  const { caller } = stage;
  const state = { running: true, timePasses: true, left: 0 };
  const repeat = async (name: string, pause: number, work: (chance: Chance) => Promise<void>) => {
    const own = chance.branch(name);
    while (state.running) {
      // Whatever is refused or not answered at all is a fault: everything that is asked for is possible.
      await work(own).catch((error: unknown) =>
        refusals.push(`${name}: ${error instanceof Error ? error.stack : error}`),
      );
      await delay(own.below(2 * pause));
    }
  };
  const handing = town.teams.map((team, index) =>
    repeat(`team ${index}`, 10, (own) => handOutOnce(team, { caller, ledger, watch, chance: own })),
  );
  const selling = Array.from({ length: SELLERS }, (_, index) =>
    repeat(`seller ${index}`, 300, (own) => sellOnce(saleOf(scene, own, state))),
  );
  const passing = letTimePass(stage, state);
  return {
    get left() {
      return state.left;
    },
    async stop() {
      state.running = false;
      await Promise.all([...handing, ...selling]);
      state.timePasses = false;
      await passing;
    },
  };
}

/**
 * Sales wait for mails, and a mail that was not taken is tried again after a minute at first: that long nobody waits here.
 *
 * The tries are those of most of a day, in which a mail server is killed now and then and not at every one of them. So time goes
 * by while it is there, and whoever has used up half of the tries meets one that lives.
 */
async function letTimePass(stage: Stage, state: { readonly timePasses: boolean }): Promise<void> {
  while (state.timePasses) {
    const [late] = await stage.ask(
      `select from notice where state = 'queued' and attempts >= ${HALF_OF_TRIES} limit 1`,
    );
    await (late ? stage.mails.spare() : stage.mails.server.ready());
    await passTime(stage);
    await delay(2000);
  }
}

const saleOf = ({ stage, town, ledger }: Scene, chance: Chance, state: { left: number }) => ({
  ...phoneLoadOf(stage, town, ledger),
  ...{ chance, anybody: town.anybody },
  async linkTo(kind: 'offer' | 'completeOrder', subjectId: string) {
    const link = await waitForLink(stage, kind, subjectId);
    if (!link) state.left += 1;
    return link;
  },
});

const doneIn = ({ stage, ledger }: Scene, { made }: Faults) => ({
  // Every kind is among them.
  kills: Object.fromEntries(
    killKinds.map((kind) => [kind, made.filter((fault) => fault.kind === kind).length]),
  ) as Record<KillKind, number>,
  clientCuts: stage.front.made,
  steps: stage.proxy.steps,
  ledger,
  repeated: stage.caller.repeated,
});

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function figuresOf(
  { stage, ledger }: Scene,
  { faults, minutes, watch, load }: { faults: Faults; minutes: number; watch: Watch; load: Load },
): ProofOutcome['figures'] {
  const of = (...kinds: KillKind[]) => kinds.flatMap((kind) => faults.made.filter((fault) => fault.kind === kind));
  const { known, cut } = stage.proxy.steps.counts(cuts);
  const atCommit = decisiveCuts(stage.proxy.steps);
  const mails = stage.mails.messages();
  return {
    kills: faults.made.length,
    killsPerMinute: Math.round(faults.made.length / minutes),
    ...Object.fromEntries(killKinds.map((kind) => [kind, of(kind).length])),
    ...{ databaseCuts: sumOf(stage.proxy.made), databaseCutsAtCommit: sumOf(atCommit) },
    leastCutsOfAChangeAtCommit: Math.min(...Object.values(atCommit)),
    ...{ clientCuts: sumOf(stage.front.made), stepMomentsKnown: known, stepMomentsCut: cut },
    ...{ commands: ledger.commands.length, offers: ledger.offers.size, orders: ledger.orders.size },
    ...{ callsRepeated: stage.caller.unanswered, answeredCallsRepeated: stage.caller.repeated, salesLeft: load.left },
    ...{ mails: mails.length, mailsRepeated: countRepeated(mails) },
    ...timesOf('afterServerKilled', recoveriesOf(of('serverKilled', 'serverKilledAtStep'), stage.caller.acknowledged)),
    ...timesOf(
      'afterPostgresKilled',
      recoveriesOf(of('postgresKilled', 'postgresKilledAtStep', 'backendKilled'), stage.caller.acknowledged),
    ),
    ...timesOf(
      'serverBack',
      stage.crew.flatMap(({ backAfter }) => backAfter),
    ),
    vainStarts: stage.crew.reduce((sum, { vainStarts }) => sum + vainStarts, 0),
    ...timesOf('mailBack', stage.mails.server.backAfter),
    ...{
      checks: watch.answered,
      checksUnansweredOfKilled: watch.unanswered,
      checksSilent: watch.silent,
      checksRefused: [...watch.refused].join('; '),
      markedLate: watch.counts.markedLate,
    },
    ...timesOf('check', watch.milliseconds),
    ...{ unmarkedLate: watch.counts.unmarkedLate, staleOverAMinute: watch.counts.tooOld },
  };
}
