import { setTimeout as delay } from 'node:timers/promises';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Pool } from '../db/database.ts';
import type { Listener } from '../db/listener.ts';
import { openListener } from '../db/listener.ts';
import type { Log } from '../platform/log.ts';
import type { Pulse } from '../platform/pulse.ts';
import { steadyClock } from '../platform/steady-clock.ts';
import { applyChanges } from './apply-changes.ts';
import { beatsOf, concernsCatalogue } from './change-beats.ts';
import { loadProjection } from './load-projection.ts';
import { OtherProcesses } from './other-processes.ts';
import type { Changes } from './projection.queries.ts';
import { listChanges, notify, preferIndexes, readCatalogue } from './projection.queries.ts';
import { Projection } from './projection.ts';
import { trustedPart } from './snapshot.ts';

/** Answers are never older than this while the database is there. */
const BOUND_MILLISECONDS = 1000;
/** Without the database, answers are given for so long, marked with their age. */
const STALE_MILLISECONDS = 60_000;

const LOOK_MILLISECONDS = 250;
/** Changes that come one upon the other are looked at together. */
const GATHER_MILLISECONDS = 2;
const PATIENCE_MILLISECONDS = 2000;
const CHANNEL = 'namesake_change';

export interface ChangeFeedOptions {
  readonly pool: Pool;
  readonly connectionString: string;
  readonly pulse: Pulse;
  readonly log: Log;
  /** The calendar date at the vendor. */
  readonly today: () => CalendarDate;
  /** Milliseconds since some fixed moment, never backwards; the time that a process slept counts. */
  readonly elapsed?: () => number;
}

/**
 * Keeps the projection current, and tells this process's open streams what changed.
 *
 * It looks at what became visible in the database since it last looked: at once when this process has committed or another
 * one says that it has, and four times a second in any case, so that a notification that is lost delays and never
 * misleads. What it has seen is known by PostgreSQL's own snapshot, so no order of commits can hide a change.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #others: OtherProcesses;
  readonly #elapsed: () => number;
  #projection: Projection;
  #snapshot = '';
  /** The highest transaction of which a row was seen. */
  #highest: string | null = null;
  #databaseStart = '';
  #listener: Listener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  /** When the newest look began that has succeeded: everything committed before is in the projection. */
  #currentAt = Number.NEGATIVE_INFINITY;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #failing = false;
  /** Whether this turn of the event loop has found the projection current. */
  #isSure = false;
  readonly #unsure = (): void => {
    this.#isSure = false;
  };
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #gathering = false;
  /** Revisions that this process has committed and the projection does not show yet. */
  readonly #committed = new Map<string, number>();

  constructor(options: ChangeFeedOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? steadyClock();
    this.#projection = new Projection(options.today());
    this.#others = new OtherProcesses((payloads) => notify(options.pool, CHANNEL, payloads));
  }

  /** The projection, at the vendor's calendar date. Ask again for each answer: another one takes its place after a restart. */
  get projection(): Projection {
    this.#projection.setToday(this.#options.today());
    return this.#projection;
  }

  /**
   * The projection, if it is as current as is promised: what nearly every check asks first.
   *
   * It is found out once in a turn of the event loop, in which next to no time passes.
   */
  get current(): Projection | undefined {
    if (this.#isSure) return this.#projection;
    if (!this.isCurrent) return undefined;
    this.#isSure = true;
    setImmediate(this.#unsure);
    return this.projection;
  }

  /** How old the projection may be, in milliseconds. */
  get ageMilliseconds(): number {
    return this.#elapsed() - this.#currentAt;
  }

  /** Whether answers from the projection are as current as is promised. */
  get isCurrent(): boolean {
    return this.ageMilliseconds <= BOUND_MILLISECONDS;
  }

  /** Whether answers may still be given, marked as stale. */
  get isUsable(): boolean {
    return this.ageMilliseconds <= STALE_MILLISECONDS;
  }

  /** Loads the projection and begins to follow. It serves nobody before it is complete. */
  async start(): Promise<void> {
    this.#started = true;
    try {
      await this.reload();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#timer);
    await this.#next?.catch(() => {});
    await this.#running?.catch(() => {});
    await this.#listener?.close();
    this.#listener = undefined;
  }

  /** Reads everything anew, as after a restart of the database. */
  reload(): Promise<void> {
    this.#databaseStart = '';
    return this.catchUp();
  }

  /**
   * Brings the projection to what is committed now, or later.
   *
   * Callers that come while a look is under way share the next one: that one began too early for them.
   */
  catchUp(): Promise<void> {
    if (!this.#running) return this.#next ?? this.#run();
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#run();
      });
    return this.#next;
  }

  /** This process has committed an event. */
  committed(streamId: string, revision: number): void {
    if (!this.#started) return;
    // The feed may have seen it before whoever committed it was told.
    if (streamId.startsWith('team_') && !this.shows(streamId, revision)) {
      this.#committed.set(streamId, Math.max(revision, this.#committed.get(streamId) ?? 0));
    }
    this.#lookSoon();
    this.#others.tell();
  }

  /** Tells the open streams of all processes of something that is no event, by the topic that they listen to. */
  tell(topic: string): void {
    this.#options.pulse.publish({ topic, revision: 0 });
    if (this.#started) this.#others.tell(topic);
  }

  /** Whether the projection shows a revision of a team, and what this process itself has committed to it. */
  shows(teamId: string, atLeast = 0): boolean {
    const wanted = this.#committed.size === 0 ? atLeast : Math.max(atLeast, this.#committed.get(teamId) ?? 0);
    return this.remembers(teamId, wanted);
  }

  /** Whether the projection shows a revision of a team, whatever this process has committed since. */
  remembers(teamId: string, atLeast = 0): boolean {
    return atLeast === 0 || (this.#projection.revisionOf(teamId) ?? 0) >= atLeast;
  }

  /**
   * Waits until the projection is current and shows a revision of a team, for two seconds at most.
   *
   * While the database is away it does not wait at all.
   *
   * @returns Whether it is current and shows the revision.
   */
  async reach(teamId: string, atLeast = 0): Promise<boolean> {
    const deadline = this.#elapsed() + PATIENCE_MILLISECONDS;
    while (!this.#failing && this.#elapsed() < deadline) {
      await within(deadline - this.#elapsed(), this.catchUp());
      if (this.isCurrent && this.shows(teamId, atLeast)) return true;
      if (this.isCurrent) await delay(LOOK_MILLISECONDS / 5);
    }
    return this.isCurrent && this.shows(teamId, atLeast);
  }

  #run(): Promise<void> {
    this.#running = this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #look(): Promise<void> {
    const began = this.#elapsed();
    this.#lookedAt = began;
    try {
      const { client } = await this.#connected();
      const changes = this.#databaseStart === '' ? undefined : await this.#follow(client);
      if (!changes) await this.#load();
      this.#currentAt = began;
      if (this.#failing) this.#options.log.info('the database is back');
      this.#failing = false;
      this.#tellStreams(changes);
    } catch (error) {
      await this.#lost(error);
      throw error;
    }
  }

  /** Takes in what changed; nothing where another server process of the database answers, for which nothing seen holds. */
  async #follow(client: Listener['client']): Promise<Changes | undefined> {
    const changes = await listChanges(client, this.#snapshot);
    if (changes.databaseStart !== this.#databaseStart) return undefined;
    await this.#apply(changes);
    this.#snapshot = changes.snapshot;
    this.#highest = changes.highest ?? this.#highest;
    for (const { id, revision } of changes.teams) this.#forgetCommitted(id, revision);
    return changes;
  }

  /** Streams are told once the projection counts as current, for they say nothing while it does not. */
  #tellStreams(changes: Changes | undefined): void {
    const { pulse } = this.#options;
    if (!changes || concernsCatalogue(changes)) pulse.publishToAccounts();
    for (const beat of changes ? beatsOf(changes) : []) pulse.publish(beat);
  }

  async #apply(changes: Changes): Promise<void> {
    try {
      if (concernsCatalogue(changes)) this.#projection.catalogue.replace(await readCatalogue(this.#options.pool));
      applyChanges(this.#projection, changes);
    } catch (error) {
      // What was taken in by half is not to be gone on from.
      this.#databaseStart = '';
      throw error;
    }
  }

  async #load(): Promise<void> {
    const { pool, today } = this.#options;
    const before = this.#databaseStart;
    const loaded = await loadProjection(pool, today());
    this.#projection = loaded.projection;
    this.#snapshot = loaded.snapshot;
    this.#highest = loaded.highest;
    this.#databaseStart = loaded.databaseStart;
    // What another start of the database has lost will never show.
    if (before !== '' && before !== loaded.databaseStart) this.#committed.clear();
    for (const [teamId, revision] of this.#committed) {
      if ((loaded.projection.revisionOf(teamId) ?? 0) >= revision) this.#committed.delete(teamId);
    }
  }

  async #connected(): Promise<Listener> {
    if (this.#listener) return this.#listener;
    const listener = await openListener({
      connectionString: this.#options.connectionString,
      channel: CHANNEL,
      onNotice: (payload) => this.#hear(payload),
      onEnd: () => {
        this.#listener = undefined;
      },
    });
    this.#listener = listener;
    await preferIndexes(listener.client);
    if (this.#snapshot !== '') this.#snapshot = trustedPart(this.#snapshot, this.#highest);
    return listener;
  }

  async #lost(error: unknown): Promise<void> {
    if (!this.#failing) this.#options.log.error('the changes cannot be followed; answers grow stale', error);
    this.#failing = true;
    const listener = this.#listener;
    this.#listener = undefined;
    // With the database there, it is the changes themselves that cannot be read: too many of them, most likely.
    if (listener) this.#databaseStart = '';
    await listener?.close();
  }

  #forgetCommitted(teamId: string, revision: number): void {
    if ((this.#committed.get(teamId) ?? Number.POSITIVE_INFINITY) <= revision) this.#committed.delete(teamId);
  }

  #hear(payload: string): void {
    const topics = this.#others.topicsOf(payload);
    for (const topic of topics ?? []) this.#options.pulse.publish({ topic, revision: 0 });
    if (topics?.length === 0) this.#lookSoon();
  }

  /** Looks at once, or in a moment when it has just looked. */
  #lookSoon(): void {
    if (this.#gathering || !this.#started) return;
    const wait = this.#lookedAt + GATHER_MILLISECONDS - this.#elapsed();
    if (wait <= 0) return void this.catchUp().catch(() => {});
    this.#gathering = true;
    setTimeout(() => {
      this.#gathering = false;
      if (this.#started) this.catchUp().catch(() => {});
    }, wait);
  }

  #lookLater(): void {
    this.#timer = setTimeout(async () => {
      if (this.#elapsed() - this.#lookedAt >= LOOK_MILLISECONDS / 2) await this.catchUp().catch(() => {});
      if (this.#started) this.#lookLater();
    }, LOOK_MILLISECONDS);
  }
}

/** Waits for a promise, however it ends, and no longer than this. */
async function within(milliseconds: number, promise: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([promise.catch(() => {}), late]);
  clearTimeout(timer);
}
