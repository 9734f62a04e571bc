import { randomUUID } from 'node:crypto';

/** The longest payload that PostgreSQL takes is 8,000 bytes. */
const TOPICS_PER_NOTICE = 150;

/**
 * The server processes beside this one: tells them that something was committed, or topics that are no events.
 *
 * Outside of any transaction of the business, one notification at a time: what comes meanwhile goes together.
 */
export class OtherProcesses {
  readonly #notify: (payloads: readonly string[]) => Promise<void>;
  /** Tells its own notifications from those of others. */
  readonly #name = randomUUID();
  readonly #topics = new Set<string>();
  #isCommitted = false;
  #telling = false;

  constructor(notify: (payloads: readonly string[]) => Promise<void>) {
    this.#notify = notify;
  }

  /** Tells a topic, or without one that something was committed. */
  tell(topic?: string): void {
    if (topic === undefined) this.#isCommitted = true;
    else this.#topics.add(topic);
    if (!this.#telling) void this.#tellAll();
  }

  /** The topics of a notification, none where something was committed; undefined where it is this process's own. */
  topicsOf(payload: string): readonly string[] | undefined {
    const [name, ...topics] = payload.split(' ');
    return name === this.#name ? undefined : topics;
  }

  async #tellAll(): Promise<void> {
    this.#telling = true;
    while (this.#isCommitted || this.#topics.size > 0) {
      // Lost with the database: then the others look by themselves.
      await this.#notify(this.#takePayloads()).catch(() => {});
    }
    this.#telling = false;
  }

  #takePayloads(): string[] {
    const topics = [...this.#topics];
    const payloads: string[] = this.#isCommitted ? [this.#name] : [];
    this.#topics.clear();
    this.#isCommitted = false;
    for (let start = 0; start < topics.length; start += TOPICS_PER_NOTICE) {
      payloads.push([this.#name, ...topics.slice(start, start + TOPICS_PER_NOTICE)].join(' '));
    }
    return payloads;
  }
}
