import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../server/db/migrate.ts';
import type { Chance } from '../chance.ts';
import { chanceOf } from '../chance.ts';
import { checkRecord, RecordCheck } from '../record-check/check-record.ts';
import type { Logged, RaceMessage, SharedGive, Wish } from './history.ts';
import { TeamJudge } from './judge.ts';
import { makeWorld } from './make-world.ts';
import { openRaceServer } from './race-server.ts';
import type { Racers } from './racers.ts';
import { startRacers } from './racers.ts';
import { readStarts } from './read-starts.ts';
import type { RaceWorld, TeamSize } from './world.ts';

export interface RaceOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly processes: number;
  readonly lanes: number;
  /** Of each lane in the first window. */
  readonly operations: number;
  readonly say: (line: string) => void;
}

/** A database with the teams that are raced for, and the key that all servers on it share. */
export interface Ring {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly world: RaceWorld;
}

export interface RaceOutcome {
  readonly operations: number;
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, number | string>>;
}

const CALENDAR_EVERY = 8;
const CALENDAR_DAYS = 95;
/** Of so many operations one is a give that all processes are asked for. */
const OPERATIONS_A_SHARED_GIVE = 60;
/** Terms end all the time: a team with less than this share of its licences orders again, so many teams in one window. */
const LEAST_SHARE = 0.75;
const SALES_A_WINDOW = 2;
const WINDOW_MILLISECONDS = 1500;
const FEWEST_OPERATIONS = 10;
const MOST_OPERATIONS = 500;
const DAY_MILLISECONDS = 86_400_000;
/** Looking through everything may take this share of the time. */
const CHECKING_SHARE = 0.1;

/** Makes the teams on an empty database. */
export async function openRing(databaseUrl: string, sizes: readonly TeamSize[]): Promise<Ring> {
  const secret = randomBytes(32).toString('hex');
  const pool = new pg.Pool({ connectionString: databaseUrl });
  await migrate(pool);
  await pool.end();
  const maker = await openRaceServer({ databaseUrl, secret, connections: 12, doesJobs: true });
  const world = await makeWorld(maker, sizes).finally(() => maker.close());
  return { databaseUrl, secret, world };
}

/** Has the teams raced for, and judges everything that was answered and everything that is there afterwards. */
export async function race(ring: Ring, options: RaceOptions): Promise<RaceOutcome> {
  const { processes, seed, lanes } = options;
  const racers = await startRacers(processes, { ...ring, seed, lanes });
  const running = new Race(ring, options);
  try {
    await running.run(racers);
  } finally {
    await racers.close();
  }
  return running.finish();
}

class Race {
  readonly #options: RaceOptions;
  readonly #databaseUrl: string;
  readonly #world: RaceWorld;
  readonly #chance: Chance;
  readonly #judges = new Map<string, TeamJudge>();
  readonly #violations: string[] = [];
  readonly #outcomes = new Map<string, number>();
  readonly #check: RecordCheck;
  #operations = 0;
  #judged = 0;
  #turnedAway = 0;
  #cpuMicroseconds = 0;
  #runSeconds = 0;
  #laneOperations: number;
  #windows = 0;
  #days = 0;
  #checks = 0;
  #checking: Promise<void> | undefined;
  #checkAgainAt = 0;

  constructor({ databaseUrl, world }: Ring, options: RaceOptions) {
    this.#options = options;
    this.#databaseUrl = databaseUrl;
    this.#laneOperations = options.operations;
    this.#world = world;
    this.#chance = chanceOf(options.seed).branch('race');
    this.#check = new RecordCheck(databaseUrl);
  }

  async run(racers: Racers): Promise<void> {
    const began = performance.now();
    await this.#restartJudges();
    while (secondsSince(began) < this.#options.seconds && this.#violations.length === 0) {
      await this.#window(racers);
      this.#checkNow();
      if (this.#windows % 20 === 0) this.#say(began);
    }
    this.#runSeconds = secondsSince(began);
    await this.#checking;
  }

  async finish(): Promise<RaceOutcome> {
    await settled(this.#databaseUrl);
    this.#violations.push(...(await this.#check.checkWhole()), ...(await checkRecord(this.#databaseUrl)));
    const { processes, lanes, seed } = this.#options;
    const done = (kind: string) => this.#outcomes.get(`${kind} ok`) ?? 0;
    return {
      operations: this.#operations,
      violations: [...new Set(this.#violations)].map((violation) => `seed ${seed}: ${violation}`),
      figures: {
        processes,
        lanesEach: lanes,
        teams: this.#world.teams.length,
        windows: this.#windows,
        judgedInOrder: this.#judged,
        operationsPerSecond: Math.round(this.#operations / this.#runSeconds),
        serversCpuMicrosecondsPerOperation: Math.round(this.#cpuMicroseconds / this.#operations),
        eventsReplayed: this.#check.events,
        checksWhileRunning: this.#checks,
        calendarDays: this.#days,
        turnedAway: this.#turnedAway,
        ...Object.fromEntries(KINDS.map((kind) => [kind, done(kind)])),
        refused: this.#operations - KINDS.reduce((sum, kind) => sum + done(kind), 0),
      },
    };
  }

  async #window(racers: Racers): Promise<void> {
    this.#windows += 1;
    const isNewDay = this.#windows % CALENDAR_EVERY === 0;
    if (isNewDay) this.#days += CALENDAR_DAYS;
    const chance = this.#chance.branch(this.#windows);
    const operations = this.#laneOperations;
    const shared = this.#shareGives(chance);
    const wishes = isNewDay ? [] : this.#wish(chance);
    const began = performance.now();
    const { log, turnedAway, broken, cpuMicroseconds } = await racers.race((process): RaceMessage => {
      const own = wishes.filter((_, index) => index % this.#options.processes === process - 1);
      const asked = { operations, shared, wishes: own, days: this.#days, isNewDay };
      return { kind: 'race', window: this.#windows, ...asked };
    });
    const milliseconds = performance.now() - began;
    this.#sizeNextWindow(milliseconds);
    this.#cpuMicroseconds += cpuMicroseconds;
    this.#operations += log.length;
    this.#turnedAway += turnedAway;
    for (const { op } of log) this.#countOutcome(`${op.kind} ${'outcome' in op ? op.outcome : 'ok'}`);
    this.#violations.push(...broken.map((text) => `window ${this.#windows}: ${text}`));
    // While a day begins, terms and invitations end between the operations in an order that nobody is told.
    if (isNewDay) await this.#restartJudges();
    else this.#judge(log);
  }

  /** Windows that take long make whoever is done wait for the others; short ones leave little to overlap. */
  #sizeNextWindow(milliseconds: number): void {
    const wanted = Math.round((this.#laneOperations * WINDOW_MILLISECONDS) / milliseconds);
    this.#laneOperations = Math.min(Math.max(wanted, FEWEST_OPERATIONS), MOST_OPERATIONS);
  }

  #countOutcome(name: string): void {
    this.#outcomes.set(name, (this.#outcomes.get(name) ?? 0) + 1);
  }

  #judge(log: readonly Logged[]): void {
    const byTeam = Map.groupBy(log, ({ team }) => team);
    for (const [team, logged] of byTeam) {
      const judge = this.#judges.get(this.#world.teams[team]?.teamId ?? '');
      this.#violations.push(...(judge?.judge(logged) ?? []).map((text) => `window ${this.#windows}: ${text}`));
    }
    this.#judged += log.length;
  }

  async #restartJudges(): Promise<void> {
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(
      Date.now() + this.#days * DAY_MILLISECONDS,
    );
    const starts = await readStarts(
      this.#databaseUrl,
      this.#world.teams.map(({ teamId }) => teamId),
      today,
    );
    for (const [teamId, start] of starts) this.#judges.set(teamId, new TeamJudge(teamId, start));
  }

  /** How many operations the next window has in all. */
  get #windowOperations(): number {
    const { processes, lanes } = this.#options;
    return this.#laneOperations * lanes * processes;
  }

  /** The same gives, by the same keys, for every process. */
  #shareGives(chance: Chance): SharedGive[] {
    const { teams } = this.#world;
    const length = Math.ceil(this.#windowOperations / OPERATIONS_A_SHARED_GIVE);
    return Array.from({ length }, (_, index) => {
      const team = chance.below(teams.length);
      const members = teams[team]?.members.length ?? 1;
      // The first two have managed the team from its beginning; one of them may have left by now, and is refused.
      return { team, actor: chance.below(2), member: chance.below(members), key: `shared-${this.#windows}-${index}` };
    });
  }

  /** Renews up: the first window adds to what a team has, and the others bring back what has ended. */
  #wish(chance: Chance): Wish[] {
    const { teams } = this.#world;
    if (this.#windows === 1) {
      const team = chance.below(teams.length);
      return [{ team, quantity: Math.max(1, Math.ceil((teams[team]?.licences ?? 1) / 4)) }];
    }
    const short = teams.flatMap(({ teamId, licences }, team): Wish[] => {
      const left = this.#judges.get(teamId)?.workingLicences ?? licences;
      return left < licences * LEAST_SHARE ? [{ team, quantity: licences - left }] : [];
    });
    while (short.length > SALES_A_WINDOW) short.splice(chance.below(short.length), 1);
    return short;
  }

  /** Looks at tables and record while the race goes on. */
  #checkNow(): void {
    if (this.#checking || performance.now() < this.#checkAgainAt) return;
    const began = performance.now();
    const note = (faults: readonly string[]) => {
      this.#violations.push(...faults.map((fault) => `window ${this.#windows}: ${fault}`));
      this.#checks += 1;
      this.#checking = undefined;
      this.#checkAgainAt = performance.now() + (performance.now() - began) / CHECKING_SHARE;
    };
    this.#checking = this.#check.check().then(note, (error) => note([`the record could not be read: ${error}`]));
  }

  #say(began: number): void {
    const perSecond = Math.round(this.#operations / secondsSince(began));
    this.#options.say(
      `${this.#operations} operations, ${perSecond}/s, ${this.#windows} windows, ${Math.round(secondsSince(began))} s`,
    );
  }
}

const KINDS = [
  'give',
  'take',
  'move',
  'invite',
  'accept',
  'remove',
  'offerOwnership',
  'acceptOwnership',
  'renewUp',
  'read',
  'check',
];

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

const PATIENCE_MILLISECONDS = 60_000;

/** Waits until the server that does the jobs has done them; it is ending by then, so what is left is left. */
async function settled(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  try {
    for (;;) {
      const { rows } = await client.query("select count(*)::int as open from job.job where state = 'active'");
      if (rows[0].open === 0 || performance.now() > deadline) return;
      await delay(100);
    }
  } finally {
    await client.end();
  }
}
