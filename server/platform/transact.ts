import type { Transaction as KyselyTransaction } from 'kysely';
import { sql } from 'kysely';
import type { EventActor, StreamId } from '../../domain/event.ts';
import type { EventData, EventKind } from '../../domain/event-data.ts';
import type { Tables } from '../db/database.ts';
import { AppError } from './app-error.ts';
import type { Repeat } from './caller.ts';
import type { Ground } from './ground.ts';
import type { NewId } from './ids.ts';

/** One running change: its database transaction, its one moment, who makes it and what it owes afterwards. */
export interface Change {
  readonly db: KyselyTransaction<Tables>;
  readonly at: Date;
  readonly actor: EventActor;
  readonly newId: NewId;
  /** Appends an event to a stream, taking the stream's lock, and answers its number. */
  record<K extends EventKind>(streamId: StreamId, kind: K, data: EventData[K]): Promise<number>;
  /** Queues a job that exists only if the transaction commits. */
  queue(job: string, payload: object): Promise<void>;
}

/**
 * Runs one change in one transaction.
 *
 * With a {@link Repeat} whose key was used before, nothing runs and the earlier result is answered; so results must be
 * plain JSON. What throws leaves nothing behind.
 */
export async function transact<T>(
  ground: Ground,
  { actor, repeat }: { actor: EventActor; repeat?: Repeat | undefined },
  work: (change: Change) => Promise<T>,
): Promise<T> {
  const recorded: Recorded[] = [];
  const result = await ground.db.transaction().execute(async (db) => {
    const earlier = repeat && (await beginRequest<T>(db, repeat));
    if (earlier) return earlier.response;
    const change = createChange(ground, db, actor, recorded);
    const done = await work(change);
    if (repeat) await keepResponse(db, repeat, done, change.at);
    return done;
  });
  for (const { streamId, number } of recorded) ground.feed.committed(streamId, number);
  return result;
}

interface Recorded {
  readonly streamId: StreamId;
  readonly number: number;
}

function createChange(ground: Ground, db: KyselyTransaction<Tables>, actor: EventActor, recorded: Recorded[]): Change {
  const at = ground.clock.now();
  return {
    db,
    at,
    actor,
    newId: ground.newId,
    async record(streamId, kind, data) {
      const { rows } = await sql<{ number: number }>`
        select append_event(${streamId}, ${at}, ${kind}, ${actor.kind}, ${actor.id}, ${JSON.stringify(data)}::jsonb) as number
      `.execute(db);
      const number = rows[0]?.number ?? 0;
      recorded.push({ streamId, number });
      return number;
    },
    queue: (job, payload) => ground.jobs.queue(db, job, payload),
  };
}

interface Begun {
  readonly state: 'new' | 'running' | 'reused' | 'done';
  readonly response?: unknown;
}

async function beginRequest<T>(db: KyselyTransaction<Tables>, repeat: Repeat): Promise<{ response: T } | undefined> {
  const { rows } = await sql<{ begun: Begun }>`
    select begin_request(${repeat.scope}, ${repeat.key}, ${repeat.hash}) as begun
  `.execute(db);
  const begun = rows[0]?.begun ?? { state: 'new' };
  refuseRepeat(begun.state);
  // The stored response is what the same work answered before, kept as JSON.
  return begun.state === 'done' ? { response: begun.response as T } : undefined;
}

/** Refuses a key that still runs or that was used for another request. */
export function refuseRepeat(state: string): void {
  if (state === 'running') throw new AppError('idempotencyInProgress', { retryAfterSeconds: 1 });
  if (state === 'reused') throw new AppError('idempotencyKeyReused');
}

async function keepResponse(db: KyselyTransaction<Tables>, repeat: Repeat, response: unknown, at: Date): Promise<void> {
  await db
    .insertInto('idempotencyKey')
    .values({
      scope: repeat.scope,
      key: repeat.key,
      requestHash: repeat.hash,
      response: JSON.stringify(response ?? {}),
      at,
    })
    .execute();
}
