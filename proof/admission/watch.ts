import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { LicenceWatch } from '../crashes/licence-load.ts';
import type { Said } from './ask-check.ts';
import { askCheck, bodyOf } from './ask-check.ts';
import type { Answer, Verdict } from './judge.ts';
import { judge, judgeHolder } from './judge.ts';

/** A server process that is asked. */
export interface Checked {
  readonly name: string;
  readonly port: number;
  /** The process that answers now; undefined while there is none. One that stays the same has to answer. */
  living(): number | undefined;
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
 * It is told of gifts and takes before they are asked for and once they are acknowledged, and goes by its own process's clock.
 */
export interface Watch extends LicenceWatch {
  /** A licence is about to be given, or moved to somebody: from now on a yes may be right. */
  giving(teamId: string, memberId: string): void;
  /** That was acknowledged, at this revision of the team: from now on a no is wrong. */
  given(teamId: string, memberId: string, revision: number): void;
  /** A licence is about to be taken, or moved away: from now on a no may be right. */
  taking(teamId: string, memberId: string): void;
  /** That was acknowledged, at this revision of the team: from now on a yes is wrong. */
  taken(teamId: string, memberId: string, revision: number): void;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Checks that were answered with yes or no. */
  readonly answered: number;
  /** Those of them that were marked as stale. */
  readonly marked: number;
  /** Checks that got no answer because their process was killed meanwhile, or was not there. */
  readonly unanswered: number;
  /** Checks that got no answer from a process that lives; each is a broken promise. */
  readonly silent: number;
  /**
   * Checks that were refused: the status and its code. `409 revisionNotReached` may be said to whoever asked for a revision;
   * every other refusal is a broken promise.
   */
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

/** What was acknowledged last about somebody's licence. */
interface Standing {
  readonly holds: boolean;
  readonly at: number;
  readonly revision: number;
}

interface Asked {
  readonly agent: Agent;
  readonly subject: Subject;
  /** Whether it asks for the revision of what was acknowledged last. */
  readonly demands: boolean;
}

const KEPT_VIOLATIONS = 1000;
/** One in so many asks for the revision of the take. */
const DEMANDING = 0.25;

export function startWatch(options: WatchOptions): Watch {
  return new RunningWatch(options);
}

class RunningWatch implements Watch {
  readonly #options: WatchOptions;
  readonly #standings = new Map<string, Standing>();
  readonly #loops: Promise<void>[];
  readonly counts: Record<Verdict, number> = {
    ...{ fine: 0, markedLate: 0, unmarkedLate: 0, tooOld: 0, ageUnderstated: 0, revisionIgnored: 0, shutOut: 0 },
  };
  readonly decisions = { yes: 0, no: 0, unavailable: 0 };
  readonly violations: string[] = [];
  answered = 0;
  marked = 0;
  unanswered = 0;
  silent = 0;
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
    this.#standings.delete(`${teamId} ${memberId}`);
  }

  given(teamId: string, memberId: string, revision: number): void {
    this.#standings.set(`${teamId} ${memberId}`, { holds: true, at: performance.now(), revision });
  }

  taking(teamId: string, memberId: string): void {
    this.#standings.delete(`${teamId} ${memberId}`);
  }

  taken(teamId: string, memberId: string, revision: number): void {
    this.#standings.set(`${teamId} ${memberId}`, { holds: false, at: performance.now(), revision });
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

  async #check(server: Checked, { agent, subject, demands }: Asked): Promise<void> {
    const name = `${subject.teamId} ${subject.memberId}`;
    const standing = this.#standings.get(name);
    const demandsRevision = demands && standing !== undefined;
    const askedAt = performance.now();
    const living = server.living();
    const body = bodyOf(subject, this.#options.product, demandsRevision ? standing.revision : undefined);
    const said = await askCheck(server.port, { agent, body, ...this.#options }).catch((error: unknown) => error);
    if (said instanceof Error) return this.#countSilence(server, living, said);
    // Whatever is no error was read from an answer.
    const { decision, context, ...refusal } = said as Said;
    if (decision === undefined) return this.#countRefusal(server, refusal, demandsRevision);
    const staleSeconds = this.#count({ decision, ...(context && { context }) });
    this.#time(performance.now() - askedAt);
    const unavailable = context?.reason === 'unavailable';
    const answer = { askedAt, decision, staleSeconds, demandsRevision, unavailable };
    // Where something has begun meanwhile both answers are right.
    this.#judge(server, subject, { answer, standing: this.#standings.get(name) === standing ? standing : undefined });
  }

  #countSilence({ name, living }: Checked, asked: number | undefined, { message }: Error): void {
    if (asked === undefined || asked !== living()) {
      this.unanswered += 1;
      return;
    }
    this.silent += 1;
    this.#note(`silent: ${name} lives and has not answered a check: ${message}`);
  }

  #countRefusal({ name }: Checked, { status, code }: Said, demandsRevision: boolean): void {
    const refusal = `${status} ${code}`;
    this.refused.set(refusal, (this.refused.get(refusal) ?? 0) + 1);
    if (code !== 'revisionNotReached' || !demandsRevision) this.#note(`refused: ${name} answered a check ${refusal}`);
  }

  /** @returns The age that the answer states, where it is marked. */
  #count({ decision = false, context }: Said): number | undefined {
    this.answered += 1;
    this.decisions[decision ? 'yes' : context?.reason === 'unavailable' ? 'unavailable' : 'no'] += 1;
    if (!context?.stale) return undefined;
    this.marked += 1;
    const staleSeconds = context.ageSeconds ?? Number.POSITIVE_INFINITY;
    if (decision) this.oldestSeconds = Math.max(this.oldestSeconds, staleSeconds);
    return staleSeconds;
  }

  #time(milliseconds: number): void {
    this.milliseconds.push(milliseconds);
    this.slowestMilliseconds = Math.max(this.slowestMilliseconds, milliseconds);
  }

  #note(violation: string): void {
    if (this.violations.length < KEPT_VIOLATIONS) this.violations.push(violation);
  }

  #judge(
    server: Checked,
    { memberId }: Subject,
    { answer, standing }: { answer: Answer; standing: Standing | undefined },
  ): void {
    const verdict = standing?.holds
      ? judgeHolder(answer, standing.at)
      : judge(answer, standing?.at ?? Number.POSITIVE_INFINITY);
    this.counts[verdict] += 1;
    if (verdict === 'fine' || verdict === 'markedLate') return;
    const change = standing?.holds ? 'gift' : 'take';
    const since = standing
      ? ` ${Math.round(answer.askedAt - standing.at)} ms after the ${change} at revision ${standing.revision} was acknowledged`
      : '';
    const age = answer.staleSeconds === undefined ? '' : `, marked as ${answer.staleSeconds} s old`;
    const said = answer.decision ? 'yes' : 'no';
    this.#note(`${verdict}: ${server.name} said ${said} for ${memberId}${since}${age}`);
  }
}
