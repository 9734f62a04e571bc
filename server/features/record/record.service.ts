import type { RecordEvent } from '../../../contract/record.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { EventPosition, EventRow } from './record.queries.ts';
import { listEventRows, listNames } from './record.queries.ts';

export interface RecordQuery {
  readonly streamId?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** One page of the events that concern the caller, with the names of what they mention. */
export async function listRecord(
  { db }: Ground,
  caller: AccountCaller,
  { streamId, limit, after }: RecordQuery,
): Promise<{ items: RecordEvent[]; next: string | null }> {
  const before = after === undefined ? undefined : parsePosition(after);
  const rows = await listEventRows(db, caller, { streamId, before, limit });
  const events = rows.slice(0, limit);
  const near = mentioned(events.filter(({ isNear }) => isNear));
  const shown = [...mentioned(events)].filter((id) => near.has(id) || isOpenTo(caller, id));
  const names = new Map((await listNames(db, shown)).map(({ id, name }) => [id, name]));
  const last = events.at(-1);
  return {
    items: events.map((event) => present(event, event.isNear ? names : openNames(names, caller))),
    next: rows.length > limit && last ? formatPosition(last) : null,
  };
}

/** Whether a name may be read by this caller wherever it is mentioned: its own, and those of what the vendor sells. */
const isOpenTo = ({ accountId }: AccountCaller, id: string): boolean => id === accountId || /^(prod|app)_/.test(id);

const openNames = (names: ReadonlyMap<string, string>, caller: AccountCaller) =>
  new Map([...names].filter(([id]) => isOpenTo(caller, id)));

function present(event: EventRow, names: ReadonlyMap<string, string>): RecordEvent {
  const { streamId, number, kind, data, actorKind, actorId } = event;
  const own = [...mentioned([event])].flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [[id, name] as const];
  });
  return {
    streamId,
    number,
    at: event.at.toISOString(),
    kind,
    actor: { kind: actorKind, id: actorId, name: names.get(actorId) ?? null },
    data,
    names: Object.fromEntries(own),
    hash: event.hash.toString('hex'),
  };
}

const ID = /^[a-z]{3,4}_[0-9a-z]{26}$/;

function mentioned(events: readonly EventRow[]): Set<string> {
  const texts = events.flatMap(({ streamId, actorId, data }) => [streamId, actorId, ...Object.values(data).flat()]);
  return new Set(texts.filter((text): text is string => typeof text === 'string' && ID.test(text)));
}

const formatPosition = ({ at, streamId, number }: EventPosition): string => `${at.getTime()}.${streamId}.${number}`;

function parsePosition(text: string): EventPosition {
  const [, at, streamId, number] = /^(\d{1,15})\.(\w{1,60})\.(\d{1,15})$/.exec(text) ?? [];
  if (!at || !streamId || !number)
    throw new AppError('invalidRequest', { fields: [{ path: 'after', message: 'is no position' }] });
  return { at: new Date(Number(at)), streamId, number: Number(number) };
}
