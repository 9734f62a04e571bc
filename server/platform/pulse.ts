import type { Log } from './log.ts';

/** A change that was committed: the stream, its new revision and, where it is known, whom alone it concerns. */
export interface Beat {
  /** A team's or customer's id, or an account's where its set of teams changed. */
  readonly topic: string;
  readonly revision: number;
  /** Accounts whose entitlement may have changed; undefined for anybody's. */
  readonly accountIds?: ReadonlySet<string>;
}

type Listener = (beat: Beat) => void;

/**
 * Tells this process's open streams what was committed.
 *
 * It is a hint, not a record: a listener reads the state itself, so a lost beat delays and never misleads.
 */
export class Pulse {
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #everywhere = new Set<Listener>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Tells whoever listens. One that fails keeps nobody else from hearing. */
  publish(beat: Beat): void {
    for (const listener of this.#listeners.get(beat.topic) ?? []) this.#tell(listener, beat);
    for (const listener of this.#everywhere) this.#tell(listener, beat);
  }

  #tell(listener: Listener, beat: Beat): void {
    try {
      listener(beat);
    } catch (error) {
      this.#log.error('a stream failed to hear of a change', error, { topic: beat.topic });
    }
  }

  /** Tells everybody who listens to an account that anything may have changed. */
  publishToAccounts(): void {
    const accounts = [...this.#listeners.keys()].filter((topic) => topic.startsWith('acc_'));
    for (const topic of accounts) this.publish({ topic, revision: 0 });
  }

  /** Listens to every topic, for those whose topics are too many to name. */
  subscribeAll(listener: Listener): () => void {
    this.#everywhere.add(listener);
    return () => void this.#everywhere.delete(listener);
  }

  /** Listens to a topic until the returned function is called. */
  subscribe(topic: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
    };
  }
}
