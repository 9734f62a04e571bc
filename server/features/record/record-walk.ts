import { createHash, hash as hashOf } from 'node:crypto';
import type { ChainedEvent } from '../../../domain/event.ts';
import { chainInput, firstPreviousHash } from '../../../domain/event.ts';
import { sealLine } from '../../../domain/seal.ts';
import type { CopyCursor, CopyRow } from '../../platform/copy-text.ts';
import type { SealKeys, SealsFound } from './seal-walk.ts';
import { SealWalk } from './seal-walk.ts';

/** The rows that the record consists of, each by the bytes of its stream's id. */
export interface RecordRows {
  /** id, head, head_hash */
  readonly streams: CopyCursor;
  /** stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash; within a stream by number */
  readonly events: CopyCursor;
  /** seal, stream_id, number, hash; within a stream by seal */
  readonly sealedHeads: CopyCursor;
}

/** The first thing that is not as it must be. */
export interface RecordBreak {
  readonly streamId: string;
  readonly number: number;
  readonly what: string;
}

/** What a walk over the whole record found. Two records with the same digest have the same heads, so the same events. */
export interface RecordFound extends SealsFound {
  readonly streams: number;
  readonly events: number;
  readonly digest: string;
  readonly broken: RecordBreak | undefined;
}

/**
 * Walks the whole record: each stream without a gap, each hash over its predecessor, each head as the stream's row has it,
 * and each seal over the heads of its day, signed. It keeps one event and the seals in memory, and stops at the first break.
 */
export async function walkRecord(rows: RecordRows, keys: SealKeys): Promise<RecordFound> {
  const walk = new RecordWalk(rows, keys);
  const broken = await walk.run().catch((error: unknown) => {
    if (error instanceof Broken) return error.at;
    throw error;
  });
  return walk.found(broken);
}

/** Ends a walk; it is an answer, and no failure. */
class Broken extends Error {
  readonly at: RecordBreak;

  constructor(at: RecordBreak) {
    super(at.what);
    this.at = at;
  }
}

const stop = (streamId: string, number: number, what: string): never => {
  throw new Broken({ streamId, number, what });
};

class RecordWalk {
  readonly #rows: RecordRows;
  readonly #seals: SealWalk;
  readonly #digest = createHash('sha256');
  #streams = 0;
  #events = 0;

  constructor(rows: RecordRows, keys: SealKeys) {
    this.#rows = rows;
    this.#seals = new SealWalk(keys);
  }

  async run(): Promise<undefined> {
    const { streams, events, sealedHeads } = this.#rows;
    while (streams.row) {
      const [id = '', head, headHash] = texts(streams.row);
      await this.#walkStream({ id, head: Number(head), headHash: hex(headHash) });
      await streams.next();
      const next = streams.row?.[0];
      if (next != null && next <= id) stop(next, 0, 'is there twice, or out of order');
    }
    if (events.row) this.#stray(events.row, 'belongs to a stream that is not there');
    if (sealedHeads.row)
      stop(sealedHeads.row[1] ?? '', Number(sealedHeads.row[2]), 'was sealed, and its stream is not there');
    const wrong = this.#seals.check();
    if (wrong) stop('vendor', wrong.number, wrong.what);
  }

  found(broken: RecordBreak | undefined): RecordFound {
    const digest = this.#digest.digest('hex');
    return { streams: this.#streams, events: this.#events, digest, broken, ...this.#seals.found() };
  }

  async #walkStream(stream: { id: string; head: number; headHash: string }): Promise<void> {
    const { events, sealedHeads } = this.#rows;
    const { id } = stream;
    if (events.row && (events.row[0] ?? '') < id) this.#stray(events.row, 'belongs to a stream that is not there');
    let previous = firstPreviousHash;
    let number = 0;
    while (events.row?.[0] === id) {
      const event = eventOf(events.row);
      this.#checkEvent(event, { number: number + 1, previous });
      number = event.number;
      previous = event.hash;
      await this.#passHeads(id, event);
      if (event.kind === 'recordSealed') this.#seals.note(event);
      this.#events += 1;
      const wait = events.next();
      if (wait !== undefined) await wait;
    }
    const [, , sealed] = sealedHeads.row?.[1] === id ? sealedHeads.row : [];
    if (sealed != null) stop(id, number + 1, `is missing: event ${sealed} was sealed`);
    if (number < stream.head) stop(id, number + 1, `is missing: the stream's row says that there are ${stream.head}`);
    if (number > stream.head)
      stop(id, stream.head + 1, `is more than the stream's row knows, which ends at ${stream.head}`);
    if (previous !== stream.headHash) stop(id, number, "has another hash than the stream's row");
    this.#digest.update(sealLine.head(id, number, previous));
    this.#streams += 1;
  }

  #checkEvent(event: ReadEvent, expected: { number: number; previous: string }): void {
    const { streamId, number } = event;
    if (number > expected.number) stop(streamId, expected.number, 'is missing');
    if (number < expected.number) stop(streamId, number, 'is there twice, or out of order');
    if (event.previousHash !== expected.previous) stop(streamId, number, 'does not follow its predecessor');
    if (hashOfEvent(event) !== event.hash) stop(streamId, number, 'is not what its hash says: it was changed');
  }

  async #passHeads(id: string, event: ReadEvent): Promise<void> {
    const { sealedHeads } = this.#rows;
    while (sealedHeads.row?.[1] === id && Number(sealedHeads.row[2]) === event.number) {
      const [seal, , , hash] = texts(sealedHeads.row);
      if (hex(hash) !== event.hash) stop(id, event.number, `is not the one that seal ${seal} covers`);
      this.#seals.cover(Number(seal), id, event);
      await sealedHeads.next();
    }
  }

  #stray(row: CopyRow, what: string): never {
    return stop(row[0] ?? '', Number(row[1]), what);
  }
}

/** An event as it was read, whatever it holds. */
export type ReadEvent = ChainedEvent & { readonly hash: string };

function eventOf(row: CopyRow): ReadEvent {
  const [streamId = '', number, at = '', kind, actorKind, actorId, dataText, previousHash, hash] = texts(row);
  const read = { streamId, number: Number(number), at: momentOf(at), kind, actorKind, actorId, dataText };
  // Read as it stands; that a field is none that an event can have is found out by its hash.
  return { ...read, previousHash: hex(previousHash), hash: hex(hash) } as ReadEvent;
}

function hashOfEvent(event: ReadEvent): string | undefined {
  try {
    return hashOf('sha256', chainInput(event), 'hex');
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const texts = (row: CopyRow): string[] => row.map((field) => field ?? '');

/** The digits of a bytea in PostgreSQL's own form. */
const hex = (text: string | undefined): string => (text ?? '').replace(/^\\x/, '');

/** A timestamptz as it is copied in UTC, in the form that is hashed: whole milliseconds. */
const momentOf = (text: string): string =>
  text.replace(
    /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/,
    (_, date: string, time: string, part = '') => `${date}T${time}.${part.padEnd(3, '0')}Z`,
  );
