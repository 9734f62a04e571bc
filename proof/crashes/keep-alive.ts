import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that is started again whenever it ends, as a supervisor does. */
export interface Kept {
  /** Its process id; undefined while it is not ready. */
  readonly pid: number | undefined;
  /** Ends it like a power failure would. @returns Whether there was one that was ready. */
  kill(): boolean;
  /** Milliseconds from each end to the moment at which it was ready again. */
  readonly backAfter: readonly number[];
  ready(): Promise<void>;
  close(): Promise<void>;
}

const PAUSE_MILLISECONDS = 50;
/** What has not come up once by then never will. */
const FIRST_TRIES = 3;

/**
 * @param start Starts the process and answers it when it is ready; undefined where it ended before.
 * @throws Error where it does not get ready the first time.
 */
export async function keepAlive(start: () => Promise<ChildProcess | undefined>): Promise<Kept> {
  const kept = new Keeper(start);
  await kept.begin();
  return kept;
}

class Keeper implements Kept {
  readonly #start: () => Promise<ChildProcess | undefined>;
  readonly backAfter: number[] = [];
  #child: ChildProcess | undefined;
  #closing = false;
  #back = Promise.withResolvers<void>();
  #running: Promise<void> = Promise.resolve();

  constructor(start: () => Promise<ChildProcess | undefined>) {
    this.#start = start;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  kill(): boolean {
    return this.#child?.kill('SIGKILL') ?? false;
  }

  ready(): Promise<void> {
    return this.#child ? Promise.resolve() : this.#back.promise;
  }

  async begin(): Promise<void> {
    const first = await this.#tryToStart(FIRST_TRIES);
    if (!first) throw new Error('a process does not start');
    this.#running = this.#watch(first);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#child?.kill('SIGKILL');
    await this.#running;
  }

  async #watch(first: ChildProcess): Promise<void> {
    let child: ChildProcess | undefined = first;
    while (child) {
      await this.#attend(child);
      const endedAt = performance.now();
      child = await this.#tryToStart(Number.POSITIVE_INFINITY);
      if (child) this.backAfter.push(performance.now() - endedAt);
    }
  }

  /** Counts a process as there until it ends. */
  async #attend(child: ChildProcess): Promise<void> {
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    this.#child = child;
    this.#back.resolve();
    if (this.#closing) child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    process.removeListener('exit', killWithUs);
    this.#child = undefined;
    this.#back = Promise.withResolvers();
  }

  async #tryToStart(tries: number): Promise<ChildProcess | undefined> {
    for (let done = 0; done < tries && !this.#closing; done += 1) {
      if (done > 0) await delay(PAUSE_MILLISECONDS);
      const child = await this.#start();
      if (child) return child;
    }
    return undefined;
  }
}
