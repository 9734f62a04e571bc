import { createHash } from 'node:crypto';
import type { Snapshot } from './snapshot.ts';

/** One line of the record, as it stands in the database. */
export interface RecordedEvent {
  readonly streamId: string;
  readonly number: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly kind: string;
  readonly actorKind: string;
  readonly actorId: string;
  /** The text that was hashed. */
  readonly dataText: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
  readonly hash: string;
  /** Which transaction wrote it. */
  readonly transaction: string;
}

/** How far a stream has been read. */
export interface Position {
  readonly number: number;
  readonly hash: string;
}

export const beginning: Position = { number: 0, hash: '0'.repeat(64) };

/** SHA-256 over the eight lines that the record's definition names. */
export function hashOf(event: Omit<RecordedEvent, 'hash' | 'data' | 'transaction'>): string {
  const { streamId, number, at, kind, actorKind, actorId, dataText, previousHash } = event;
  return createHash('sha256')
    .update([streamId, number, at, kind, actorKind, actorId, dataText, previousHash].join('\n'))
    .digest('hex');
}

/** What is wrong with an event as the successor of what was read before it. */
export function chainFaults(event: RecordedEvent, before: Position): string[] {
  const where = `rule 11: ${event.streamId} event ${event.number}`;
  return [
    ...(event.number === before.number + 1 ? [] : [`${where}: follows number ${before.number}`]),
    ...(event.previousHash === before.hash ? [] : [`${where}: does not carry its predecessor's hash`]),
    ...(event.hash === hashOf(event) ? [] : [`${where}: is not what its hash says`]),
  ];
}

const EVENTS_A_STREAM = 500;

/** The next events of some streams after where each was read to, at most {@link EVENTS_A_STREAM} of each, in order. */
export async function readEvents(
  snapshot: Snapshot,
  streams: readonly { readonly id: string; readonly number: number }[],
): Promise<RecordedEvent[]> {
  const rows = await snapshot.rows<Omit<RecordedEvent, 'data'>>(
    `select e.stream_id as "streamId", e.number::int as number, e.kind, e.actor_kind as "actorKind",
            to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
            e.actor_id as "actorId", e.data::text as "dataText", encode(e.previous_hash, 'hex') as "previousHash",
            encode(e.hash, 'hex') as hash, e.transaction_id::text as transaction
       from unnest($1::text[], $2::bigint[]) as s (id, number)
       cross join lateral (
         select * from event where stream_id = s.id and number > s.number order by number limit ${EVENTS_A_STREAM}) e
      order by e.stream_id, e.number`,
    [streams.map(({ id }) => id), streams.map(({ number }) => number)],
  );
  return rows.map((row) => ({ ...row, data: JSON.parse(row.dataText) as Record<string, unknown> }));
}

/** A value of an event's data as text; empty where there is none. */
export function textIn(event: RecordedEvent, name: string): string {
  const value = event.data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
