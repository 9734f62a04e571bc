import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { Said } from './ask-check.ts';
import { askCheck, bodyOf } from './ask-check.ts';
import type { Answer, Verdict } from './judge.ts';
import { judge } from './judge.ts';

/** A server process that is asked. */
export interface Checked {
  readonly name: string;
  readonly port: number;
}

/** Somebody in a team whose licence of the product comes and goes. */
export interface Subject {
  readonly teamId: string;
  readonly memberId: string;
  readonly email: string;
}

export interface WatchOptions {
  readonly servers: readonly Checked[];
  /** The host that the servers answer under. */
  readonly host: string;
  readonly serviceKey: string;
  /** Key of the product. */
  readonly product: string;
  readonly subjects: readonly Subject[];
  readonly chance: Chance;
  /** Between two checks of one process. */
  readonly pauseMilliseconds?: number;
}

/**
 * Checks like a licensed application, all the time and at each process, while somebody else gives and takes.
 *
 * It is told of gifts before they are asked for and of takes once they are acknowledged, and goes by its own process's clock.
 */
export interface Watch {
  /** A licence is about to be given, or moved to somebody: from now on a yes may be right. */
  giving(teamId: string, memberId: string): void;
  /** A take was acknowledged, at this revision of the team: from now on a yes is wrong. */
  taken(teamId: string, memberId: string, revision: number): void;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Checks that were answered with yes or no, and those that got no answer at all. */
  readonly answered: number;
  readonly unanswered: number;
  /** Checks that were refused: the status and its code, such as `409 revisionNotReached` where that revision is not known. */
  readonly refused: ReadonlyMap<string, number>;
  /** How many yes, no for want of a licence, and no because nobody could tell. */
  readonly decisions: Readonly<Record<'yes' | 'no' | 'unavailable', number>>;
  /** Every promise that was broken. */
  readonly violations: readonly string[];
  /** The oldest age that a marked yes has stated. */
  readonly oldestSeconds: number;
  /** How long each answer has taken. */
  readonly milliseconds: readonly number[];
  /** The longest of them since it was last begun anew. */
  readonly slowestMilliseconds: number;
  resetSlowest(): void;
  stop(): Promise<void>;
}

interface Taken {
  readonly at: number;
  readonly revision: number;
}

const KEPT_VIOLATIONS = 1000;
/** One in so many asks for the revision of the take. */
const DEMANDING = 0.25;

export function startWatch(options: WatchOptions): Watch {
  return new RunningWatch(options);
}

class RunningWatch implements Watch {
  readonly #options: WatchOptions;
  readonly #taken = new Map<string, Taken>();
  readonly #loops: Promise<void>[];
  readonly counts = { fine: 0, markedLate: 0, unmarkedLate: 0, tooOld: 0, ageUnderstated: 0, revisionIgnored: 0 };
  readonly decisions = { yes: 0, no: 0, unavailable: 0 };
  readonly violations: string[] = [];
  answered = 0;
  unanswered = 0;
  oldestSeconds = 0;
  slowestMilliseconds = 0;
  readonly milliseconds: number[] = [];
  readonly refused = new Map<string, number>();
  #running = true;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#loops = options.servers.map((server) => this.#checkOn(server, options.chance.branch(server.name)));
  }

  giving(teamId: string, memberId: string): void {
    this.#taken.delete(`${teamId} ${memberId}`);
  }

  taken(teamId: string, memberId: string, revision: number): void {
    this.#taken.set(`${teamId} ${memberId}`, { at: performance.now(), revision });
  }

  resetSlowest(): void {
    this.slowestMilliseconds = 0;
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#loops);
  }

  async #checkOn(server: Checked, chance: Chance): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (this.#running) {
      const subject = chance.pick(this.#options.subjects);
      if (subject) await this.#check(server, { agent, subject, demands: chance.happens(DEMANDING) });
      await delay(this.#options.pauseMilliseconds ?? 10);
    }
    agent.destroy();
  }

  async #check(server: Checked, { agent, subject, demands }: { agent: Agent; subject: Subject; demands: boolean }) {
    const name = `${subject.teamId} ${subject.memberId}`;
    const taken = this.#taken.get(name);
    const askedAt = performance.now();
    const body = bodyOf(subject, this.#options.product, demands ? taken?.revision : undefined);
    const said = await askCheck(server.port, { agent, body, ...this.#options }).catch(() => undefined);
    if (said?.decision === undefined) return this.#countRefusal(said);
    const { decision, staleSeconds } = this.#count(said);
    this.#time(performance.now() - askedAt);
    const answer = { askedAt, answeredAt: performance.now(), decision, staleSeconds, demandsRevision: demands };
    // A gift that has begun meanwhile makes a yes right.
    this.#judge(server, subject, { answer, taken: this.#taken.get(name) === taken ? taken : undefined });
  }

  #countRefusal(said: Said | undefined): void {
    if (!said) {
      this.unanswered += 1;
      return;
    }
    const name = `${said.status} ${said.code}`;
    this.refused.set(name, (this.refused.get(name) ?? 0) + 1);
    if (said.status === 500) this.violations.push('a check was answered 500');
  }

  #count({ decision = false, context }: Said) {
    this.answered += 1;
    this.decisions[decision ? 'yes' : context?.reason === 'unavailable' ? 'unavailable' : 'no'] += 1;
    const staleSeconds = context?.stale ? (context.ageSeconds ?? Number.POSITIVE_INFINITY) : undefined;
    if (decision && staleSeconds !== undefined) this.oldestSeconds = Math.max(this.oldestSeconds, staleSeconds);
    return { decision, staleSeconds };
  }

  #time(milliseconds: number): void {
    this.milliseconds.push(milliseconds);
    this.slowestMilliseconds = Math.max(this.slowestMilliseconds, milliseconds);
  }

  #judge(server: Checked, subject: Subject, { answer, taken }: { answer: Answer; taken: Taken | undefined }): void {
    const verdict = judge(answer, taken?.at ?? Number.POSITIVE_INFINITY);
    this.counts[verdict] += 1;
    if (verdict === 'fine' || verdict === 'markedLate' || this.violations.length >= KEPT_VIOLATIONS) return;
    const since = taken
      ? `${Math.round(answer.askedAt - taken.at)} ms after the take at revision ${taken.revision} was acknowledged`
      : '';
    const age = answer.staleSeconds === undefined ? '' : `, marked as ${answer.staleSeconds} s old`;
    this.violations.push(`${verdict}: ${server.name} said yes for ${subject.memberId} ${since}${age}`);
  }
}
