import { setTimeout as delay } from 'node:timers/promises';
import { chanceOf } from '../chance.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import { checkRecord } from '../record-check/check-record.ts';
import type { Failover } from './failover.ts';
import { failOver, switchOver } from './failover.ts';
import { median } from './gap.ts';
import { compare, readTruth } from './ledger.ts';
import { Load } from './load.ts';
import { loseTimeline } from './lost-timeline.ts';
import { missingPackages } from './program.ts';
import type { Site } from './site.ts';
import { openSite } from './site.ts';

/** Longer without writes is a broken promise. */
const GOAL_MILLISECONDS = 10_000;
/** The sale begins while there is no primary, most of the time. */
const SALE_AFTER_MILLISECONDS = 4500;

/** Kills the primary under load, again and again. */
export const part: ProofPart = {
  name: 'failover',
  about:
    'kills the primary of a PostgreSQL cluster under load; needs patroni, etcd-server, haproxy and postgresql-15 of Debian',
  shortSeconds: 60,
  async run(options) {
    const missing = missingPackages();
    if (missing.length > 0) return notInstalled(missing);
    const site = await openSite();
    let outcome: ProofOutcome | undefined;
    try {
      outcome = await prove(site, options);
      return outcome;
    } finally {
      const keep = outcome === undefined || outcome.violations.length > 0;
      if (keep) options.say(`what every program said is in ${site.folder}`);
      await site.close({ keep });
    }
  },
};

/** Nothing was done, so nothing was proven: it does not pass. */
export function notInstalled(missing: readonly string[]): ProofOutcome {
  const install = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  const violations = [`not tried: ${missing.join(', ')} of Debian is not installed (${install})`];
  return { operations: 0, faults: 0, violations, figures: { notInstalled: missing.join(' ') } };
}

async function prove(site: Site, options: ProofOptions): Promise<ProofOutcome> {
  const load = await Load.begin(site, chanceOf(options.seed));
  options.say('applications, writers and checks are at work');
  try {
    return await proveUnder(load, site, options);
  } finally {
    load.close();
  }
}

async function proveUnder(load: Load, site: Site, options: ProofOptions): Promise<ProofOutcome> {
  const { failovers, planned, heard } = await breakAgainAndAgain(site, load, options);
  await load.end();
  const violations = [...(await violationsOf(site, load)), ...failovers.flatMap(tooLong)];
  const { figures, operations } = load;
  options.say('the fault is planted: without a synchronous standby the ledger must report what was lost');
  const lost = await plantFault(site, load);
  const gaps = failovers.map(({ withoutWritesMilliseconds }) => withoutWritesMilliseconds);
  return {
    operations,
    faults: failovers.length + 1,
    violations: [...violations, ...lost.violations],
    figures: {
      failovers: failovers.length,
      machinesLost: failovers.filter(({ kind }) => kind === 'machine').length,
      withoutWritesMedianMs: Math.round(median(gaps)),
      withoutWritesMaxMs: Math.round(Math.max(...gaps)),
      switchoverWithoutWritesMs: Math.round(planned.withoutWritesMilliseconds),
      ...figures,
      heardAfterFailoverMedianMs: Math.round(median(heard)),
      heardAfterFailoverMaxMs: Math.round(Math.max(...heard)),
      plantedLossesReported: lost.reported,
    },
  };
}

interface Broken {
  readonly failovers: readonly Failover[];
  readonly planned: Failover;
  /** How long an application needed, after each, to hear of a change. */
  readonly heard: readonly number[];
}

/** Fails over until the time is up, and once at least; then once as planned. */
async function breakAgainAndAgain(site: Site, load: Load, { seconds, seed, say }: ProofOptions): Promise<Broken> {
  const failovers: Failover[] = [];
  const heard: number[] = [];
  const options = { cluster: site.cluster, chance: chanceOf(seed).branch('kills'), written: () => load.written };
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline || failovers.length === 0) {
    load.throwIfBroken();
    const sale = delay(SALE_AFTER_MILLISECONDS).then(() => load.people.sales.sell());
    const [failover] = await Promise.all([failOver(options), sale]);
    failovers.push(tell(failover, say));
    heard.push(await load.hear());
  }
  const planned = tell(await switchOver(options), say);
  heard.push(await load.hear());
  return { failovers, planned, heard };
}

async function violationsOf(site: Site, load: Load): Promise<string[]> {
  const { office, sales } = load.people;
  const unsold = await sales.violations();
  const truth = await readTruth(site.databaseUrl, office.teamId);
  const record = await checkRecord(site.databaseUrl);
  return [...compare(load.acknowledged, truth), ...unsold, ...load.violations, ...record];
}

async function plantFault(site: Site, load: Load): Promise<{ reported: number; violations: readonly string[] }> {
  const { office, writers, waitingWriter, waiting, checks } = load.people;
  const [writer] = writers;
  if (!writer) throw new Error('somebody writes');
  const people = { writer, personWriter: waitingWriter, application: waiting, checks };
  const lost = await loseTimeline({ site, office, ...people });
  if (lost.reported > 0) return lost;
  return { ...lost, violations: [...lost.violations, 'the ledger reported nothing of what was lost'] };
}

function tell(failover: Failover, say: (line: string) => void): Failover {
  const { kind, from, to, withoutWritesMilliseconds } = failover;
  say(`${kind}: ${from} to ${to}, ${Math.round(withoutWritesMilliseconds)} ms without writes`);
  return failover;
}

function tooLong({ kind, withoutWritesMilliseconds }: Failover): string[] {
  if (withoutWritesMilliseconds <= GOAL_MILLISECONDS) return [];
  return [`${kind}: ${Math.round(withoutWritesMilliseconds)} ms without writes, more than ${GOAL_MILLISECONDS}`];
}
