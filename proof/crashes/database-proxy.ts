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
}

/** Stands between the servers and the database, and breaks what goes through. */
export interface DatabaseProxy {
  /** The database's address by way of this proxy. */
  readonly url: string;
  readonly steps: Steps;
  /** Cuts made so far, by moment. */
  readonly made: Record<CutMoment, number>;
  /** Cuts the next connection that comes to this step; a plan that has not come about is replaced. */
  plan(cut: PlannedCut | undefined): void;
  /** Whether a planned cut still waits. */
  isPlanned(): boolean;
  /** Keeps everything that is sent to the database back for so long. */
  slowDown(milliseconds: number): void;
  close(): Promise<void>;
}

export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const state = new ProxyState();
  const server = createServer((client) => new Passage(client, connect(Number(target.port), target.hostname), state));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  // A listening TCP server has an address of this shape.
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    steps: state.steps,
    made: state.made,
    plan: (cut) => {
      state.planned = cut;
    },
    isPlanned: () => state.planned !== undefined,
    slowDown: (milliseconds) => {
      state.delayMilliseconds = milliseconds;
    },
    close: () => closeAll(server, state.open),
  };
}

class ProxyState {
  readonly steps = new Steps();
  readonly made: Record<CutMoment, number> = { before: 0, during: 0, answer: 0 };
  readonly open = new Set<Socket>();
  planned: PlannedCut | undefined;
  delayMilliseconds = 0;
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
  readonly #split = createSplitter({ startsUntyped: true });
  readonly #splitAnswers = createSplitter({ startsUntyped: false });
  readonly #read = createTripReader();
  /** The statements of the transaction that is open. */
  #script: string[] = [];
  #isOpen = false;
  /** Whether the next whole answer is thrown away together with the connection. */
  #dropsAnswer = false;

  constructor(client: Socket, database: Socket, state: ProxyState) {
    this.#client = client;
    this.#database = database;
    this.#state = state;
    for (const socket of [client, database]) {
      socket.setNoDelay(true);
      state.open.add(socket);
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
    const moment = statement === undefined ? undefined : this.#matches(statement);
    if (moment === 'answer') this.#dropsAnswer = true;
    if (moment === 'before') this.#cut();
    else this.#send(trip.bytes, moment === 'during');
  }

  /** Keeps the order of what is sent, late or not: timers of the same length fire in their order. */
  #send(bytes: Buffer, cutsAfter: boolean): void {
    const send = () => {
      if (!this.#database.destroyed) this.#database.write(bytes, () => cutsAfter && this.#cut());
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
  #matches(statement: string): CutMoment | undefined {
    const { planned, steps, made } = this.#state;
    if (!planned || planned.step !== statement) return undefined;
    if (statement === 'commit' && workOf(this.#script) !== planned.work) return undefined;
    this.#state.planned = undefined;
    made[planned.moment] += 1;
    steps.noteCut(planned.work, planned.step, planned.moment);
    return planned.moment;
  }

  #answer(chunk: Buffer): void {
    if (!this.#dropsAnswer) this.#client.write(chunk);
    // `ReadyForQuery` comes when the transaction has been committed.
    else if (this.#splitAnswers(chunk).some(({ type }) => type === 'Z')) this.#cut();
  }

  #cut(): void {
    for (const socket of [this.#client, this.#database]) {
      socket.destroy();
      this.#state.open.delete(socket);
    }
  }
}
