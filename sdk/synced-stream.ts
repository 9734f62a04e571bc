import { followChanges } from './change-stream.ts';
import type { Clock } from './clock.ts';
import type { StreamEvent } from './event-stream.ts';
import type { ServerLink } from './server-link.ts';

/** What a connection works with and whom it tells. */
export interface SyncedStreamOptions {
  readonly link: ServerLink;
  readonly clock: Clock;
  readonly token: string;
  /** Where the connection before ended; empty at first. */
  readonly lastEventId: string;
  /** Asks for everything anew. */
  readonly ask: () => Promise<void>;
  /** Takes an event. Returns false when only asking anew can tell what it means. */
  readonly take: (event: StreamEvent) => boolean;
  /** What is known was current just now. */
  readonly onContact: () => void;
  /** From now on the stream tells every change. */
  readonly onSync: () => void;
}

/** A term can end without an event, so everything is asked again this often, give or take half. */
const askAgainMs = 900_000;

/**
 * One connection that misses nothing: it subscribes first and asks afterwards, so that no change falls between.
 *
 * Where a proxy swallows streams it asks nevertheless, so that being refused again and again comes to polling.
 */
export class SyncedStream {
  readonly #options: SyncedStreamOptions;
  readonly #end = new AbortController();
  #opened = false;
  #inSync = false;
  #callOffAsking = () => {};

  constructor(options: SyncedStreamOptions) {
    this.#options = options;
  }

  /**
   * Follows until it ends, one way or another.
   *
   * @throws Always: the signal's reason, or a NamesakeError that says why the connection ended.
   */
  async follow(signal: AbortSignal): Promise<never> {
    const { link, clock, token, lastEventId, take, ask, onContact } = this.#options;
    const hangUp = () => this.hangUp(signal.reason);
    signal.addEventListener('abort', hangUp, { once: true });
    try {
      return await followChanges({
        link,
        clock,
        token,
        lastEventId,
        signal: this.#end.signal,
        onOpen: () => this.#synchronise(),
        onAlive: () => this.#inSync && onContact(),
        onEvent: (event) => take(event) || this.#synchronise(),
      });
    } catch (error) {
      if (!this.#opened && !signal.aborted) await ask().then(onContact, () => {});
      throw error;
    } finally {
      this.#callOffAsking();
      signal.removeEventListener('abort', hangUp);
      this.hangUp(undefined);
    }
  }

  /** Ends this connection, so that a new one is made. */
  hangUp(cause: unknown): void {
    this.#end.abort(cause);
  }

  #synchronise(): void {
    this.#opened = true;
    this.#options.ask().then(
      () => this.#synchronised(),
      (error: unknown) => this.hangUp(error),
    );
  }

  #synchronised(): void {
    if (this.#end.signal.aborted) return;
    const { clock, onContact, onSync } = this.#options;
    this.#inSync = true;
    onContact();
    onSync();
    this.#callOffAsking();
    this.#callOffAsking = clock.after(askAgainMs * (0.5 + clock.random()), () => this.#synchronise());
  }
}
