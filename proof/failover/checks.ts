import type { Chance } from '../chance.ts';
import { percentile } from './gap.ts';

/** Whom to ask about, and what must come out: `any` where the licence comes and goes. */
export interface Question {
  readonly email: string;
  readonly expects: 'yes' | 'no' | 'any';
}

export interface ChecksOptions {
  readonly url: string;
  readonly serviceKey: string;
  readonly teamId: string;
  readonly questions: readonly Question[];
  readonly perSecond: number;
  readonly chance: Chance;
}

/** As long as the SDK waits for an answer. */
const SILENCE_MILLISECONDS = 10_000;
const KEPT_COMPLAINTS = 5;

export interface Evaluation {
  readonly decision: boolean;
  readonly context?: { readonly stale?: boolean; readonly ageSeconds?: number; readonly reason?: string };
}

/**
 * Applications that ask all the time, at a rate that does not depend on the answers. Nobody asks twice: what is not answered within
 * ten seconds, in the way that it should be, has failed.
 */
export class Checks {
  readonly #options: ChecksOptions;
  readonly #under = new Set<Promise<void>>();
  readonly #milliseconds: number[] = [];
  readonly complaints: string[] = [];
  yes = 0;
  no = 0;
  stale = 0;
  failed = 0;
  oldestSeconds = 0;

  constructor(options: ChecksOptions) {
    this.#options = options;
  }

  get asked(): number {
    return this.yes + this.no + this.failed;
  }

  millisecondsOf(share: number): number {
    return Math.round(percentile(this.#milliseconds, share));
  }

  async askUntil(signal: AbortSignal): Promise<void> {
    const { perSecond, chance } = this.#options;
    const began = performance.now();
    let due = 0;
    while (!signal.aborted) {
      for (; due <= performance.now() - began; due += (-Math.log(1 - chance.unit()) / perSecond) * 1000) {
        const question = chance.pick(this.#options.questions);
        if (question) this.#begin(question, began + due);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(this.#under);
  }

  #begin(question: Question, dueAt: number): void {
    const asking = this.#ask(question, dueAt).finally(() => this.#under.delete(asking));
    this.#under.add(asking);
  }

  async #ask(question: Question, dueAt: number): Promise<void> {
    try {
      const { decision, context } = await this.evaluate(question.email);
      if (decision) this.yes += 1;
      else this.no += 1;
      if (context?.stale) this.stale += 1;
      this.oldestSeconds = Math.max(this.oldestSeconds, context?.ageSeconds ?? 0);
      const answer = decision ? 'yes' : 'no';
      if (question.expects !== 'any' && question.expects !== answer) {
        this.#complain(`the answer was ${answer} (${context?.reason}) where it must be ${question.expects}`);
      }
    } catch (error) {
      this.failed += 1;
      this.#complain(`not answered: ${error instanceof Error ? error.message : error}`);
    }
    this.#milliseconds.push(performance.now() - dueAt);
  }

  /** Asks once, a server of one's own choice. @throws Error where it is not answered. */
  async evaluate(email: string, url = this.#options.url): Promise<Evaluation> {
    const { serviceKey, teamId } = this.#options;
    const answer = await fetch(`${url}/access/v1/evaluation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        subject: { type: 'account', id: email },
        action: { name: 'use' },
        resource: { type: 'product', id: 'share', properties: { team: teamId } },
      }),
      signal: AbortSignal.timeout(SILENCE_MILLISECONDS),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
    // Of the form that the contract promises; what has no decision in it counts as no.
    return JSON.parse(text) as Evaluation;
  }

  #complain(complaint: string): void {
    if (this.complaints.length < KEPT_COMPLAINTS) this.complaints.push(`check: ${complaint}`);
  }
}
