import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { Trip } from './postgres-wire.ts';
import { createSplitter, createTripReader } from './postgres-wire.ts';
import type { Work } from './work-of.ts';
import { Steps, workOf } from './work-of.ts';

/**
 * When a connection is cut: before the database hears of the step, while it works on it, or after it has done it and
 * before the server is told.
 */
export const cuts = ['before', 'during', 'answer'] as const;
export type CutMoment = (typeof cuts)[number];

/** A cut that waits for its step. */
export interface PlannedCut {
  readonly work: Work;
  readonly step: string;
  readonly moment: CutMoment;
  /** What is broken at that moment besides the connection of this server. */
  readonly strike?: (server: number) => void;
}

/** Stands between the servers and the database, and breaks what goes through. */
export interface DatabaseProxy {
  /** The database's address by way of this proxy, one for each server. */
  readonly urls: readonly string[];
  readonly steps: Steps;
  /** Cuts made so far, by moment. */
  readonly made: Record<CutMoment, number>;
  /**
   * Cuts the next connection that comes to this step. For each work one cut waits: what is seldom done has the time to come
   * about. A plan of the same work that has not come about is replaced.
   */
  plan(cut: PlannedCut): void;
  /** Gives up whatever waits. */
  planNothing(): void;
  /** Keeps everything that is sent to the database back for so long. */
  slowDown(milliseconds: number): void;
  /** Cuts a server off: what it has open is ended, and it gets no connection until it is let in again. */
  cutOff(server: number, isCutOff: boolean): void;
  close(): Promise<void>;
}

export async function openDatabaseProxy(databaseUrl: string, servers: number): Promise<DatabaseProxy> {
  const state = new ProxyState();
  const doors = await Promise.all(Array.from({ length: servers }, (_, server) => openDoor(databaseUrl, server, state)));
  return {
    urls: doors.map(({ url }) => url),
    steps: state.steps,
    made: state.made,
    plan: (cut) => void state.planned.set(cut.work, cut),
    planNothing: () => state.planned.clear(),
    slowDown: (milliseconds) => {
      state.delayMilliseconds = milliseconds;
    },
    cutOff: (server, isCutOff) => doors[server]?.shut(isCutOff),
    async close() {
      for (const door of doors) await closeAll(door.listener, door.open);
    },
  };
}

class ProxyState {
  readonly steps = new Steps();
  readonly made: Record<CutMoment, number> = { before: 0, during: 0, answer: 0 };
  readonly planned = new Map<Work, PlannedCut>();
  delayMilliseconds = 0;
}

/** Where one server comes in. */
async function openDoor(databaseUrl: string, server: number, state: ProxyState) {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isShut = false;
  const listener = createServer((client) => {
    if (isShut) client.destroy();
    else new Passage([client, connect(Number(target.port), target.hostname)], { state, open, server });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = new URL(databaseUrl);
  // A listening TCP server has an address of this shape.
  url.port = String((listener.address() as AddressInfo).port);
  const shut = (shuts: boolean) => {
    isShut = shuts;
    if (shuts) for (const socket of open) socket.destroy();
  };
  return { url: url.href, listener, open, shut };
}

/** Ends a server and every socket that it has open. */
export async function closeAll(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of open) socket.destroy();
  await closed;
}

/** One connection to the database. */
class Passage {
  readonly #client: Socket;
  readonly #database: Socket;
  readonly #state: ProxyState;
  readonly #open: Set<Socket>;
  readonly #server: number;
  readonly #split = createSplitter({ startsUntyped: true });
  readonly #splitAnswers = createSplitter({ startsUntyped: false });
  readonly #read = createTripReader();
  /** The statements of the transaction that is open. */
  #script: string[] = [];
  #isOpen = false;
  /** The cut that is made as soon as the next whole answer is there, which is thrown away. */
  #cutsAtAnswer: PlannedCut | undefined;

  constructor(
    [client, database]: readonly [Socket, Socket],
    { state, open, server }: { state: ProxyState; open: Set<Socket>; server: number },
  ) {
    this.#client = client;
    this.#database = database;
    this.#state = state;
    this.#open = open;
    this.#server = server;
    for (const socket of [client, database]) {
      socket.setNoDelay(true);
      open.add(socket);
      socket.on('error', () => this.#cut()).on('close', () => this.#cut());
    }
    client.on('data', (chunk) => {
      for (const trip of this.#read(this.#split(chunk))) this.#take(trip);
    });
    database.on('data', (chunk) => this.#answer(chunk));
  }

  #take(trip: Trip): void {
    const { statement } = trip;
    if (statement !== undefined) this.#follow(statement);
    const planned = statement === undefined ? undefined : this.#matches(statement);
    if (planned?.moment === 'answer') this.#cutsAtAnswer = planned;
    if (planned?.moment === 'before') this.#break(planned);
    else this.#send(trip.bytes, planned?.moment === 'during' ? planned : undefined);
  }

  /** Keeps the order of what is sent, late or not: timers of the same length fire in their order. */
  #send(bytes: Buffer, cutsAfter: PlannedCut | undefined): void {
    const send = () => {
      if (!this.#database.destroyed) this.#database.write(bytes, () => cutsAfter && this.#break(cutsAfter));
    };
    if (this.#state.delayMilliseconds > 0) setTimeout(send, this.#state.delayMilliseconds).unref();
    else send();
  }

  #follow(statement: string): void {
    if (/^(begin|start transaction)\b/.test(statement)) {
      this.#script = [statement];
      this.#isOpen = true;
    } else if (this.#isOpen) this.#followOpen(statement);
    else this.#state.steps.saw([statement]);
  }

  #followOpen(statement: string): void {
    this.#script.push(statement);
    if (!/^(commit|rollback)\b/.test(statement)) return;
    if (statement.startsWith('commit')) this.#state.steps.saw(this.#script);
    this.#isOpen = false;
  }

  /** Uses a planned cut up where this is its step. What all transactions have in common is told by what came before. */
  #matches(statement: string): PlannedCut | undefined {
    const { steps, made } = this.#state;
    const planned = [...this.#state.planned.values()].find(
      ({ step, work }) => step === statement && this.#isAt(work, step),
    );
    if (!planned) return undefined;
    this.#state.planned.delete(planned.work);
    made[planned.moment] += 1;
    steps.noteCut(planned.work, planned.step, planned.moment);
    return planned;
  }

  #isAt(work: Work, step: string): boolean {
    return step !== 'commit' || workOf(this.#script) === work;
  }

  #answer(chunk: Buffer): void {
    if (!this.#cutsAtAnswer) this.#client.write(chunk);
    // `ReadyForQuery` comes when the transaction has been committed.
    else if (this.#splitAnswers(chunk).some(({ type }) => type === 'Z')) this.#break(this.#cutsAtAnswer);
  }

  #break({ strike }: PlannedCut): void {
    strike?.(this.#server);
    this.#cut();
  }

  #cut(): void {
    for (const socket of [this.#client, this.#database]) {
      socket.destroy();
      this.#open.delete(socket);
    }
  }
}
