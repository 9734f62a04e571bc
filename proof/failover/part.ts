import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { demoPeople } from '../../server/demo/people.ts';
import { makeServiceKey } from '../admission/service-key.ts';
import { chanceOf } from '../chance.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import { checkRecord } from '../record-check/check-record.ts';
import type { Application } from './applications.ts';
import { LockWatch, startApplication } from './applications.ts';
import { Checks } from './checks.ts';
import type { Failover } from './failover.ts';
import { failOver, switchOver } from './failover.ts';
import { median } from './gap.ts';
import { compare, readTruth } from './ledger.ts';
import { loseTimeline } from './lost-timeline.ts';
import type { Office } from './office.ts';
import { openOffice } from './office.ts';
import { Repeats } from './persist.ts';
import { missingPackages } from './program.ts';
import { Sales } from './sales.ts';
import type { Site } from './site.ts';
import { openSite } from './site.ts';
import { Writer } from './writer.ts';

const WRITERS = 16;
const CHECKS_A_SECOND = 50;
const APPLICATIONS_A_HOLDER = 2;
/** Longer without writes is a broken promise. */
const GOAL_MILLISECONDS = 10_000;

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
function notInstalled(missing: readonly string[]): ProofOutcome {
  const say = `not tried: ${missing.join(', ')} of Debian is not installed (apt-get install --no-install-recommends ${missing.join(' ')})`;
  return { operations: 0, faults: 0, violations: [say], figures: { notInstalled: missing.join(' ') } };
}

async function prove(site: Site, options: ProofOptions): Promise<ProofOutcome> {
  const { say } = options;
  const chance = chanceOf(options.seed);
  const repeats = new Repeats();
  const office = await openOffice(site.url, WRITERS);
  const waitingWriter = new Writer(office.waiting.memberId, { office, chance: chance.branch('waiting'), repeats });
  const writers = office.busy.map((id) => new Writer(id, { office, chance: chance.branch(id), repeats }));
  const sales = new Sales(office, { chance: chance.branch('sales'), repeats });
  await sales.begin();
  const applications = await startApplications(site, office);
  const waiting = await startApplication(site.url, office, office.waiting.email);
  const watch = new LockWatch(applications);
  const checks = await prepareChecks(site, office, chance.branch('checks'));
  const written: number[] = [];
  const stop = new AbortController();
  const load = Promise.all([
    checks.askUntil(stop.signal),
    ...writers.map((writer) => writer.writeUntil(stop.signal, ({ at }) => void written.push(at))),
  ]);
  load.catch(() => stop.abort());
  say(`${applications.length + 1} applications, ${WRITERS} writers and ${CHECKS_A_SECOND} checks a second are at work`);
  const failovers: Failover[] = [];
  const heard: number[] = [];
  const common = { cluster: site.cluster, chance: chance.branch('kills'), written: () => written };
  const deadline = performance.now() + options.seconds * 1000;
  while (performance.now() < deadline || failovers.length === 0) {
    stop.signal.throwIfAborted();
    const [failover] = await Promise.all([failOver(common), delay(3500).then(() => sales.sell())]);
    failovers.push(tell(failover, say));
    heard.push(await hearOf(waitingWriter, waiting));
  }
  const planned = tell(await switchOver(common), say);
  heard.push(await hearOf(waitingWriter, waiting));
  stop.abort();
  await load;
  watch.stop();
  const all = [...writers, waitingWriter];
  const acknowledged = all.flatMap((writer) => writer.acknowledged);
  const truth = await readTruth(site.databaseUrl, office.teamId);
  const violations = [
    ...compare(acknowledged, truth),
    ...(await sales.violations()),
    ...checks.complaints,
    ...watch.violations.slice(0, 20),
    ...(await checkRecord(site.databaseUrl)),
    ...failovers.flatMap(tooLong),
  ];
  say('the fault is planted: without a synchronous standby, the ledger must report what was lost');
  const [writer] = writers;
  if (!writer) throw new Error('somebody writes');
  const lost = await loseTimeline({ site, office, writer, personWriter: waitingWriter, application: waiting });
  for (const application of [...applications, waiting]) application.close();
  if (lost.reported === 0)
    violations.push('the ledger did not report changes that a primary without standby took along');
  const gaps = failovers.map(({ withoutWritesMilliseconds }) => withoutWritesMilliseconds);
  return {
    operations: acknowledged.length + checks.asked + sales.orders.length,
    faults: failovers.length + 1,
    violations: [...violations, ...lost.violations],
    figures: {
      failovers: failovers.length,
      machinesLost: failovers.filter(({ kind }) => kind === 'machine').length,
      withoutWritesMedianMs: Math.round(median(gaps)),
      withoutWritesMaxMs: Math.round(Math.max(...gaps)),
      switchoverWithoutWritesMs: Math.round(planned.withoutWritesMilliseconds),
      writesAcknowledged: acknowledged.length,
      writesRepeated: repeats.all,
      repeatedBecause: repeats.toString(),
      orders: sales.orders.length,
      checksYes: checks.yes,
      checksNo: checks.no,
      checksStale: checks.stale,
      checksFailed: checks.failed,
      oldestAnswerSeconds: checks.oldestSeconds,
      checkP50Ms: checks.millisecondsOf(0.5),
      checkP99Ms: checks.millisecondsOf(0.99),
      applications: applications.length,
      lockSamples: watch.samples,
      connectionsLost: watch.lost,
      heardAfterFailoverMedianMs: Math.round(median(heard)),
      heardAfterFailoverMaxMs: Math.round(Math.max(...heard)),
      plantedLossesReported: lost.reported,
    },
  };
}

async function startApplications(site: Site, office: Office): Promise<Application[]> {
  const emails = office.holders.flatMap((email) => Array.from({ length: APPLICATIONS_A_HOLDER }, () => email));
  return Promise.all(emails.map((email) => startApplication(site.url, office, email)));
}

async function prepareChecks(site: Site, office: Office, chance: ReturnType<typeof chanceOf>): Promise<Checks> {
  const pool = new pg.Pool({ connectionString: site.databaseUrl, max: 1 });
  const serviceKey = await makeServiceKey(pool, 'sketchpad');
  await pool.end();
  const questions = [
    ...office.holders.map((email) => ({ email, expects: 'yes' as const })),
    { email: demoPeople.staff.email, expects: 'no' as const },
    { email: 'nobody@buero-sued.example', expects: 'no' as const },
    { email: office.waiting.email, expects: 'any' as const },
  ];
  const { teamId } = office;
  // The servers learn of the key within a second.
  await delay(1500);
  return new Checks({ url: site.url, serviceKey, teamId, questions, perSecond: CHECKS_A_SECOND, chance });
}

/** How long an application needs to hear that its person was given a licence, and had it taken back, after a failover. */
async function hearOf(writer: Writer, { share }: Application): Promise<number> {
  const limit = () => ({ signal: AbortSignal.timeout(20_000) });
  const { at } = await writer.write();
  await share.until('unlocked', limit());
  const took = performance.now() - at;
  await writer.write();
  await share.until('locked', limit());
  return Math.max(0, took);
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
