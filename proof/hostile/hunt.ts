import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { chanceOf } from '../chance.ts';
import { ask } from './ask.ts';
import { makeCall } from './call-maker.ts';
import type { Draft } from './draft.ts';
import { curlOf, write } from './draft.ts';
import type { Answer } from './judge.ts';
import { faultOf, SLOWEST_MILLISECONDS } from './judge.ts';
import type { Material } from './material.ts';
import type { Sample } from './memory.ts';
import { growthOf, HEAP_BYTES_A_CALL, takeSample } from './memory.ts';
import { askBySocket } from './raw-socket.ts';
import type { Entered, Scene } from './scene.ts';
import { shrink } from './shrink.ts';
import { slownessOfMachine } from './slowness.ts';

export interface HuntOptions {
  readonly seed: number;
  /** Ends after so many seconds, or so many calls where they are fewer. */
  readonly seconds: number;
  readonly calls?: number;
  /** The memory is looked at after so many calls. */
  readonly sampleCalls?: number;
  /** A call that takes longer is given up: it hangs. */
  readonly hangsMilliseconds?: number;
  /** Where the calls are made instead of worlds of their own. */
  enter?(): Promise<Entered>;
  /** Makes the call of a number where it is not left to chance. */
  calling?(number: number): Draft | undefined;
  say(line: string): void;
}

export interface Hunted {
  readonly calls: number;
  readonly seconds: number;
  readonly violations: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly operations: ReadonlyMap<string, number>;
  /** Those that were done at least once: answered without a refusal. */
  readonly done: ReadonlySet<string>;
  readonly slowestMilliseconds: number;
  readonly samples: readonly Sample[];
}

const WORLD_CALLS = 10_000;
const SAMPLE_CALLS = 2000;
const AT_ONCE = 8;
/** The clock goes on by so much with each call, so that windows of limits pass. */
const SECONDS_A_CALL = 0.05;
const TOLD = 40;

export type Send = (draft: Draft) => Promise<Answer>;

/** One of so many calls goes over a real socket. */
const BY_SOCKET = 20;

/** Calls the application in every role, in every way, until the time is over; every answer is judged. */
export async function hunt(
  scene: Scene,
  options: HuntOptions,
  send: Send = senderOf(scene, options.seed),
): Promise<Hunted> {
  const state = new Hunt(scene, options, send);
  await state.run();
  return state.outcome();
}

/** Most calls go into the application in process, which is fast; the rest through a port of this machine. */
export function senderOf({ app, socket }: Scene, seed: number): Send {
  return (draft) => {
    if (draft.number % BY_SOCKET !== 0) return ask(app, draft);
    const chance = chanceOf(seed).branch(`socket ${draft.number}`);
    return askBySocket(app, socket.port, { draft, chance });
  };
}

/** Whoever has not answered by then never will. */
const HANGS_MILLISECONDS = 60_000;
const AGAIN = 3;
const QUIET_MILLISECONDS = 10;

async function withinBounds(answer: Promise<Answer>, milliseconds = HANGS_MILLISECONDS): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const hangs = { status: 0, headers: new Map(), text: '', milliseconds: HANGS_MILLISECONDS };
  const timer = setTimeout(resolve, milliseconds, hangs);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer that came late, which the machine may be to blame for; none at all is nobody's fault but the server's. */
const isSlow = ({ status, milliseconds }: Answer): boolean => status > 0 && milliseconds > SLOWEST_MILLISECONDS;

class Hunt {
  readonly #scene: Scene;
  readonly #options: HuntOptions;
  readonly #send: Send;
  readonly #faults = new Map<string, { count: number; first: string }>();
  readonly #statuses: Record<string, number> = {};
  readonly #operations = new Map<string, number>();
  readonly #done = new Set<string>();
  readonly #samples: Sample[] = [];
  readonly #prototype = Reflect.ownKeys(Object.prototype).length;
  #turn: Promise<void> = Promise.resolve();
  #inFlight = 0;
  #waiting = 0;
  #calls = 0;
  #slowest = 0;
  #seconds = 0;

  constructor(scene: Scene, options: HuntOptions, send: Send) {
    this.#scene = scene;
    this.#options = options;
    this.#send = send;
  }

  async run(): Promise<void> {
    const { seconds, calls: most = Number.POSITIVE_INFINITY, sampleCalls = SAMPLE_CALLS } = this.#options;
    const begun = performance.now();
    const isOver = () => performance.now() - begun > seconds * 1000 || this.#calls >= most;
    while (!isOver()) {
      const { world, known } = await (this.#options.enter ?? this.#scene.enter)();
      const material = { description: this.#scene.description, world, known, seed: this.#options.seed };
      const until = Math.min(this.#calls + WORLD_CALLS, most);
      while (!isOver() && this.#calls < until)
        await this.#round(material, Math.min(until, this.#calls + sampleCalls), isOver);
    }
    this.#seconds = (performance.now() - begun) / 1000;
    this.#judgeMemory();
  }

  /** Calls up to a number, some at once; then looks at what they left behind. */
  async #round(material: Material, until: number, isOver: () => boolean): Promise<void> {
    const caller = async () => {
      while (this.#calls < until && !isOver()) {
        this.#calls += 1;
        const number = this.#calls;
        await this.#call(this.#options.calling?.(number) ?? makeCall(material, number));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    if (Reflect.ownKeys(Object.prototype).length !== this.#prototype)
      this.#fault('prototype', 'the prototype of all objects was changed');
    this.#samples.push(takeSample(this.#calls));
  }

  async #call(draft: Draft): Promise<void> {
    this.#scene.app.clock.forward({ seconds: SECONDS_A_CALL });
    const answer = await this.#patiently(draft);
    const name = draft.operation?.id ?? draft.path;
    this.#statuses[answer.status] = (this.#statuses[answer.status] ?? 0) + 1;
    this.#operations.set(name, (this.#operations.get(name) ?? 0) + 1);
    if (answer.status >= 200 && answer.status < 400) this.#done.add(name);
    this.#slowest = Math.max(this.#slowest, answer.milliseconds);
    const fault = faultOf(this.#scene.description, draft, answer);
    if (fault !== undefined) await this.#report(draft, fault);
  }

  #ask(draft: Draft): Promise<Answer> {
    return withinBounds(this.#send(draft), this.#options.hangsMilliseconds);
  }

  /** A machine that has much to do makes any call slow: one that took too long is asked again alone, and the quickest time counts. */
  async #patiently(draft: Draft): Promise<Answer> {
    await this.#turn;
    this.#inFlight += 1;
    let quickest = await this.#ask(draft);
    for (let again = 0; again < AGAIN && isSlow(quickest); again += 1) {
      const next = await this.#alone(draft);
      if (next.milliseconds < quickest.milliseconds) quickest = next;
    }
    this.#inFlight -= 1;
    return quickest;
  }

  /** Asks when everybody else has got an answer, and lets nobody ask meanwhile. */
  async #alone(draft: Draft): Promise<Answer> {
    this.#waiting += 1;
    const answer = this.#turn.then(async () => {
      while (this.#inFlight > this.#waiting) await delay(QUIET_MILLISECONDS);
      const slowness = slownessOfMachine();
      const told = await this.#ask(draft);
      return { ...told, milliseconds: told.milliseconds / slowness };
    });
    this.#turn = answer.then(() => undefined);
    await answer;
    this.#waiting -= 1;
    return answer;
  }

  async #report(draft: Draft, fault: string): Promise<void> {
    const key = `${draft.operation?.id ?? draft.path} ${fault.slice(0, 60)}`;
    if (this.#fault(key, '') > 1) return;
    const errors = this.#scene.takeErrors();
    const small = await shrink(draft, fault.slice(0, 30), async (smaller) => {
      const answer = await this.#ask(smaller);
      return faultOf(this.#scene.description, smaller, answer) ?? '';
    });
    this.#scene.takeErrors();
    const told = [
      `call ${draft.number} of seed ${this.#options.seed} (${draft.role.name}, ${draft.twists.join('+') || 'as it should be'})`,
      fault,
      curlOf(write(small)),
      ...errors.slice(-1).map((error) => error.split('\n').slice(0, 4).join(' | ')),
    ];
    this.#faults.set(key, { count: 1, first: told.join(' -- ') });
    this.#options.say(told.join('\n    '));
  }

  #fault(key: string, first: string): number {
    const known = this.#faults.get(key);
    this.#faults.set(key, { count: (known?.count ?? 0) + 1, first: known?.first ?? first });
    return (known?.count ?? 0) + 1;
  }

  #judgeMemory(): void {
    const growth = growthOf(this.#samples);
    if (growth !== undefined && growth > HEAP_BYTES_A_CALL)
      this.#fault('memory', `memory grows by ${Math.round(growth)} bytes a call, and ${HEAP_BYTES_A_CALL} are allowed`);
  }

  outcome(): Hunted {
    return {
      calls: this.#calls,
      seconds: this.#seconds,
      violations: [...this.#faults].slice(0, TOLD).map(([key, { count, first }]) => `${count} × ${key}: ${first}`),
      statuses: this.#statuses,
      operations: this.#operations,
      done: this.#done,
      slowestMilliseconds: this.#slowest,
      samples: this.#samples,
    };
  }
}
