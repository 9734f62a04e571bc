import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { FromRacer, Logged, OpenMessage, RaceMessage, ToRacer } from './history.ts';

/** What all of them did in one window. */
export interface Raced {
  readonly log: readonly Logged[];
  readonly turnedAway: number;
  readonly broken: readonly string[];
  readonly cpuMicroseconds: number;
}

/** The racing processes. */
export interface Racers {
  /** Has all of them do one window, and answers what they did once all are done. */
  race(message: (process: number) => RaceMessage): Promise<Raced>;
  close(): Promise<void>;
}

const PROGRAM = path.join(import.meta.dirname, 'racer.process.ts');

/** Starts so many processes, numbered from 1. */
export async function startRacers(count: number, opening: Omit<OpenMessage, 'kind' | 'process'>): Promise<Racers> {
  const children = Array.from({ length: count }, () => fork(PROGRAM, { execArgv: [] }));
  const each = <T>(work: (child: ChildProcess, process: number) => Promise<T>) =>
    Promise.all(children.map((child, index) => work(child, index + 1)));
  await each((child, process) => ask(child, { kind: 'open', process, ...opening }));
  return {
    async race(message) {
      const answers = await each((child, process) => ask(child, message(process)));
      const raced = answers.flatMap((answer) => (answer.kind === 'raced' ? [answer] : []));
      return {
        log: raced.flatMap(({ log }) => log),
        turnedAway: raced.reduce((sum, { turnedAway }) => sum + turnedAway, 0),
        cpuMicroseconds: raced.reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0),
        broken: raced.flatMap(({ broken }) => broken),
      };
    },
    async close() {
      await each(async (child) => {
        if (child.exitCode !== null) return;
        const exited = once(child, 'exit');
        child.send({ kind: 'close' } satisfies ToRacer);
        await exited;
      });
    },
  };
}

async function ask(child: ChildProcess, message: ToRacer): Promise<FromRacer> {
  const ended = new AbortController();
  const answered = once(child, 'message', { signal: ended.signal });
  const exited = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a racing process has ended with ${code}`);
  });
  child.send(message);
  try {
    // What a racing process sends is of this form.
    return (await Promise.race([answered, exited]))[0] as FromRacer;
  } finally {
    ended.abort();
    answered.catch(() => {});
    exited.catch(() => {});
  }
}
