import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { demoPeople } from '../../server/demo/people.ts';
import type { Chance } from '../chance.ts';
import type { ProofOutcome } from '../part.ts';
import { makeServiceKey } from '../service-key.ts';
import type { Application } from './applications.ts';
import { LockWatch, startApplication } from './applications.ts';
import { Checks } from './checks.ts';
import type { Acknowledged } from './ledger.ts';
import type { Office } from './office.ts';
import { openOffice } from './office.ts';
import { Repeats } from './persist.ts';
import { Sales } from './sales.ts';
import type { Site } from './site.ts';
import { Writer } from './writer.ts';

const WRITERS = 16;
const CHECKS_A_SECOND = 50;
const APPLICATIONS_A_HOLDER = 2;
const HEAR_MILLISECONDS = 20_000;

interface AtWork {
  readonly office: Office;
  readonly writers: readonly Writer[];
  /** Changes the licence of whoever sits at {@link waiting}. */
  readonly waitingWriter: Writer;
  readonly waiting: Application;
  /** Applications of people who have a licence all the time. */
  readonly applications: readonly Application[];
  readonly sales: Sales;
  readonly checks: Checks;
  readonly repeats: Repeats;
}

/** Everybody who is at work while the database fails. */
export class Load {
  readonly people: AtWork;
  /** When changes were acknowledged, in milliseconds of this process. */
  readonly written: number[] = [];
  readonly #stop = new AbortController();
  readonly #watch: LockWatch;
  readonly #running: Promise<unknown>;

  private constructor(people: AtWork) {
    this.people = people;
    this.#watch = new LockWatch(people.applications);
    const { signal } = this.#stop;
    this.#running = Promise.all([
      people.checks.askUntil(signal),
      ...people.writers.map((writer) => writer.writeUntil(signal, ({ at }) => void this.written.push(at))),
    ]);
    this.#running.catch((error: unknown) => this.#stop.abort(error));
  }

  static async begin(site: Site, chance: Chance): Promise<Load> {
    const repeats = new Repeats();
    const office = await openOffice(site.url, WRITERS);
    const writerOf = (id: Office['busy'][number]) => new Writer(id, { office, chance: chance.branch(id), repeats });
    const sales = new Sales(office, { chance: chance.branch('sales'), repeats });
    await sales.begin();
    return new Load({
      office,
      writers: office.busy.map(writerOf),
      waitingWriter: writerOf(office.waiting.memberId),
      waiting: await startApplication(site.url, office, office.waiting.email),
      applications: await startApplications(site, office),
      sales,
      checks: await prepareChecks(site, office, chance.branch('checks')),
      repeats,
    });
  }

  /** @throws What a writer was refused: each of its changes can be made once. */
  throwIfBroken(): void {
    this.#stop.signal.throwIfAborted();
  }

  /** Lets everybody end what was begun. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#watch.stop();
  }

  /** Sends everybody home, also where something was refused that must not be. */
  close(): void {
    this.#stop.abort();
    this.#watch.stop();
    for (const application of [...this.people.applications, this.people.waiting]) application.close();
  }

  get acknowledged(): Acknowledged[] {
    const { writers, waitingWriter } = this.people;
    return [...writers, waitingWriter].flatMap((writer) => writer.acknowledged);
  }

  get operations(): number {
    const { checks, sales } = this.people;
    return this.acknowledged.length + checks.asked + sales.orders.length;
  }

  /** What checks and applications saw that must not be. */
  get violations(): readonly string[] {
    const { checks } = this.people;
    const failed = checks.failed > 0 ? [`${checks.failed} of ${checks.asked} checks were not answered`] : [];
    return [...failed, ...checks.complaints, ...new Set(this.#watch.violations)];
  }

  get figures(): ProofOutcome['figures'] {
    const { checks, sales, repeats, applications } = this.people;
    return {
      writesAcknowledged: this.acknowledged.length,
      requestsRepeated: repeats.all,
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
      lockSamples: this.#watch.samples,
      connectionsLost: this.#watch.lost,
    };
  }

  /** How long an application needs to hear that its person was given a licence; it is taken back then. */
  async hear(): Promise<number> {
    const { waitingWriter, waiting } = this.people;
    const { at } = await waitingWriter.write();
    await waiting.share.until('unlocked', { signal: AbortSignal.timeout(HEAR_MILLISECONDS) });
    const took = performance.now() - at;
    await waitingWriter.write();
    await waiting.share.until('locked', { signal: AbortSignal.timeout(HEAR_MILLISECONDS) });
    return took;
  }
}

async function startApplications(site: Site, office: Office): Promise<Application[]> {
  const emails = office.holders.flatMap((email) => Array.from({ length: APPLICATIONS_A_HOLDER }, () => email));
  return Promise.all(emails.map((email) => startApplication(site.url, office, email)));
}

async function prepareChecks(site: Site, office: Office, chance: Chance): Promise<Checks> {
  const pool = new pg.Pool({ connectionString: site.databaseUrl, max: 1 });
  const serviceKey = await makeServiceKey(pool, 'sketchpad');
  await pool.end();
  const questions = [
    ...office.holders.map((email) => ({ email, expects: 'yes' as const })),
    { email: demoPeople.staff.email, expects: 'no' as const },
    { email: 'nobody@buero-sued.example', expects: 'no' as const },
    { email: office.waiting.email, expects: 'any' as const },
  ];
  // Both servers learn of the key within a second.
  await delay(1500);
  return new Checks({
    ...{ url: site.url, serviceKey, teamId: office.teamId, questions },
    ...{ perSecond: CHECKS_A_SECOND, chance },
  });
}
