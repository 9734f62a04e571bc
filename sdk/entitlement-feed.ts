import { readJson } from './answer.ts';
import type { Clock } from './clock.ts';
import type { Entitlement } from './entitlement.ts';
import { readAccountEntitlements, readEntitlement } from './entitlement.ts';
import { EntitlementTopic } from './entitlement-topic.ts';
import type { StreamEvent } from './event-stream.ts';
import { keepConnected } from './keep-connected.ts';
import { LatestRun } from './latest-run.ts';
import { NamesakeError } from './namesake-error.ts';
import type { ServerLink } from './server-link.ts';
import { SilenceWatch } from './silence-watch.ts';
import { SyncedStream } from './synced-stream.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { TypedEvents } from './typed-events.ts';
import type { Contact } from './use-state.ts';

/** Whether the server can be heard, and what the last answer is worth if not. */
export interface Connection {
  readonly online: boolean;
  /** Until when the last known state holds without contact; undefined when online, or when it holds no more. */
  readonly holdsUntil: Date | undefined;
  /** Why the connection was lost. */
  readonly cause: NamesakeError | undefined;
}

/** What the stream told: `given`, `taken`, `ending`, `renewed`, or `entitlement` for a state without a story. */
export interface Told {
  readonly type: string;
  readonly item: Entitlement;
}

/** What the feed tells those who follow it. */
export interface FeedEvents {
  change: undefined;
  connection: Connection;
  /** Comes after the change that it led to. */
  told: Told;
  /** Nobody is signed in any more. */
  signedOut: undefined;
}

/** A product that somebody follows. */
export interface FollowedProduct {
  readonly topic: EntitlementTopic;
  readonly asking: LatestRun;
}

/** What the feed works with. */
export interface FeedOptions {
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly clock: Clock;
}

/** How long the last answer counts after the last sign of life. */
const holdMs = 60_000;

/**
 * What is known of the followed products, and how fresh it is: one connection for all uses of an application.
 */
export class EntitlementFeed {
  readonly events = new TypedEvents<FeedEvents>();
  readonly #options: FeedOptions;
  readonly #followed = new Set<FollowedProduct>();
  readonly #hold: SilenceWatch;
  #contact: Contact = 'starting';
  #connection: Connection = { online: false, holdsUntil: undefined, cause: undefined };
  #lastEventId = '';
  #loop: AbortController | undefined;
  #stream: SyncedStream | undefined;
  #asks = new AbortController();
  #heldUntil = 0;
  #accountId: string | undefined;
  #heardAt: number;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#hold = new SilenceWatch(options.clock, () => this.#holdEnded());
    this.#heardAt = options.clock.now();
  }

  get contact(): Contact {
    return this.#contact;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Whose answers these are; undefined before the first. */
  get accountId(): string | undefined {
    return this.#accountId;
  }

  /** Until when the last answer counts by the wall clock, in milliseconds since 1970. */
  get heldUntil(): number {
    return this.#heldUntil;
  }

  /** When the server was last heard, or when the program began. */
  get heardAt(): Date {
    return new Date(this.#heardAt);
  }

  /** Looks whether the last answer still counts. */
  look(): void {
    this.#hold.look();
  }

  /**
   * Follows a product. The caller asks for its first answer and stops following in the end.
   *
   * @param connect False where nobody is signed in, who could ask.
   */
  follow(product: string, { connect = true } = {}): FollowedProduct {
    const topic = new EntitlementTopic(product);
    const followed = { topic, asking: new LatestRun(() => this.#ask(topic)) };
    this.#followed.add(followed);
    if (connect && (this.#loop === undefined || this.#contact === 'lost')) this.#restart();
    return followed;
  }

  /** Stops following; with the last one the connection ends. */
  unfollow(followed: FollowedProduct): void {
    this.#followed.delete(followed);
    if (this.#followed.size > 0) return;
    this.#stop(new NamesakeError('closed'));
    this.#setContact('starting');
  }

  /**
   * Asks for the first answer about a product that was just followed.
   *
   * A server that does not answer is no error here: the feed goes on trying.
   *
   * @throws NamesakeError `notSignedIn`, `notFound`, `refused`, `unreadable`
   */
  async askFirst(followed: FollowedProduct): Promise<void> {
    try {
      await followed.asking.run();
      if (this.#contact === 'starting' || this.#followed.size === 1) this.#heard();
    } catch (error) {
      if (!(error instanceof NamesakeError) || error.code !== 'unreachable') throw error;
      if (this.#contact === 'starting') this.#setContact('lost');
      this.#stream?.hangUp(error);
    }
  }

  /** Asks for everything anew, because something does not fit what is known. */
  askAgain(): void {
    this.#askAll().catch((error: unknown) => this.#stream?.hangUp(error));
  }

  /** Begins anew for the account that signed in just now. */
  accountChanged(): void {
    for (const { topic } of this.#followed) topic.clear();
    this.#accountId = undefined;
    this.#lastEventId = '';
    this.#hold.stop();
    this.#setContact('starting');
    if (this.#followed.size > 0) this.#restart();
  }

  /** Nobody is signed in any more. */
  signedOut(): void {
    this.#stop(new NamesakeError('notSignedIn'));
    for (const { topic } of this.#followed) topic.clear();
    this.#accountId = undefined;
    this.#lastEventId = '';
    this.#setContact('signedOut');
    this.events.emit('signedOut', undefined);
  }

  #restart(): void {
    this.#loop?.abort();
    const loop = new AbortController();
    this.#loop = loop;
    void keepConnected({
      clock: this.#options.clock,
      signal: loop.signal,
      connect: (signal) => this.#connect(signal),
      onLost: (cause) => this.#setConnection({ online: false, holdsUntil: this.#holdsUntil(), cause }),
    });
  }

  #stop(reason: NamesakeError): void {
    this.#loop?.abort();
    this.#loop = undefined;
    this.#asks.abort(reason);
    this.#asks = new AbortController();
    this.#hold.stop();
    this.#setConnection({ online: false, holdsUntil: undefined, cause: undefined });
  }

  async #connect(loop: AbortSignal): Promise<never> {
    const { link, clock, tokens } = this.#options;
    const token = await tokens.find();
    if (token === undefined) return await this.#refuse(new NamesakeError('notSignedIn'), token);
    const stream = new SyncedStream({
      link,
      clock,
      token,
      lastEventId: this.#lastEventId,
      ask: () => this.#askAll(),
      take: (event) => this.#take(event),
      onContact: () => this.#heard(),
      onSync: () => this.#setConnection({ online: true, holdsUntil: undefined, cause: undefined }),
    });
    this.#stream = stream;
    try {
      return await stream.follow(loop);
    } catch (error) {
      return await this.#refuse(error, token);
    }
  }

  async #askAll(): Promise<void> {
    await Promise.all([...this.#followed].map(({ asking }) => asking.run()));
  }

  async #ask(topic: EntitlementTopic): Promise<void> {
    const { link, tokens } = this.#options;
    const token = await tokens.find();
    const { told } = topic;
    try {
      if (token === undefined) throw new NamesakeError('notSignedIn');
      const path = `/v1/me/entitlements?productId=${encodeURIComponent(topic.product)}`;
      const { account, items } = readAccountEntitlements(await link.get(path, token, this.#asks.signal));
      if ((await tokens.find()) !== token) return;
      if (items.some(isUnavailable)) throw unavailable();
      this.#accountId = account.id;
      topic.replace(items, told);
      this.events.emit('change', undefined);
    } catch (error) {
      await this.#refuse(error, token);
    }
  }

  #take({ type, data, lastEventId }: StreamEvent): boolean {
    this.#lastEventId = lastEventId;
    if (type === 'teams') return false;
    const item = readTold(type, data);
    if (item === undefined) return true;
    if (isUnavailable(item)) throw unavailable();
    const taken = [...this.#followed].map(({ topic }) => topic.update(item));
    this.events.emit('change', undefined);
    if (taken.includes('kept')) this.events.emit('told', { type, item });
    // Overtaken by an answer, or the record has gone back: only asking tells which.
    return !taken.includes('older');
  }

  /** Passes a failure on, and ends everything when it says that the token is no longer taken. */
  async #refuse(error: unknown, token: string | undefined): Promise<never> {
    if (error instanceof NamesakeError && error.code === 'notSignedIn') {
      if (token === undefined || (await this.#options.tokens.forget(token))) this.signedOut();
    }
    throw error;
  }

  #heard(): void {
    this.#hold.expectWithin(holdMs);
    this.#heardAt = this.#options.clock.now();
    this.#heldUntil = this.#heardAt + holdMs;
    this.#setContact('known');
  }

  #holdEnded(): void {
    this.#setContact('lost');
    this.#setConnection({ ...this.#connection, holdsUntil: undefined });
  }

  #holdsUntil(): Date | undefined {
    const leftMs = this.#hold.remainingMs();
    return leftMs > 0 ? new Date(this.#options.clock.now() + leftMs) : undefined;
  }

  #setContact(contact: Contact): void {
    if (contact === this.#contact) return;
    this.#contact = contact;
    this.events.emit('change', undefined);
  }

  #setConnection(connection: Connection): void {
    const { online, holdsUntil, cause } = this.#connection;
    const isSame = connection.online === online && (connection.cause === undefined) === (cause === undefined);
    if (isSame && connection.holdsUntil?.getTime() === holdsUntil?.getTime()) return;
    this.#connection = connection;
    this.events.emit('connection', connection);
  }
}

const toldTypes = ['entitlement', 'given', 'taken', 'ending', 'renewed'];

/** What an event says of an entitlement. One of a kind that the server learns later may be about something else. */
function readTold(type: string, data: string): Entitlement | undefined {
  try {
    return readEntitlement(readJson(data));
  } catch (error) {
    if (toldTypes.includes(type)) throw error;
    return undefined;
  }
}

/** The server has lost its database for so long that it does not know any more: that is no answer. */
const isUnavailable = ({ reason }: Entitlement): boolean => reason === 'unavailable';

function unavailable(): NamesakeError {
  return new NamesakeError('unreachable', { problemCode: 'unavailable' });
}
