import { setTimeout as delay } from 'node:timers/promises';

/** What was asked, and what got no proper answer. */
export class Tally {
  readonly asked = new Map<string, number>();
  readonly dropped: string[] = [];

  get requests(): number {
    return [...this.asked.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Asks once. Whatever is no answer of the product, or one that it is away, is a request that was dropped. */
  async ask(kind: string, call: () => Promise<Response>): Promise<Response | undefined> {
    this.asked.set(kind, (this.asked.get(kind) ?? 0) + 1);
    try {
      const answer = await call();
      if (answer.status < 500 && answer.status !== 429) return answer;
      this.#drop(kind, `${answer.status} ${answer.headers.get('x-balancer') ?? (await answer.text()).slice(0, 200)}`);
    } catch (error) {
      const { message, cause } = error as Error & { cause?: { code?: string } };
      this.#drop(kind, `${message} ${cause?.code ?? ''}`);
    }
    return undefined;
  }

  #drop(kind: string, why: string): void {
    this.dropped.push(`${new Date().toISOString()} ${kind}: ${why}`);
  }
}

/** Does something again and again until it is told to stop, with a pause between. */
export function repeat(work: () => Promise<unknown>, pauseMilliseconds: number): () => Promise<void> {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await work();
      await delay(pauseMilliseconds);
    }
  })();
  return async () => {
    stopped = true;
    await running;
  };
}
