import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { licenceEventKinds } from '../../../domain/event.ts';
import type { Db } from '../../db/database.ts';
import type { AccountCaller } from '../../platform/caller.ts';

export interface EventRow {
  readonly streamId: string;
  readonly number: number;
  readonly at: Date;
  readonly kind: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly data: Record<string, unknown>;
  readonly hash: Buffer;
}

/** Where a page ends: its last event. */
export interface EventPosition {
  readonly at: Date;
  readonly streamId: string;
  readonly number: number;
}

export interface EventPage {
  readonly streamId: string | undefined;
  readonly before: EventPosition | undefined;
  readonly limit: number;
}

/** Events that concern the caller, newest first. What concerns nobody of its standing is not there at all. */
export async function listEventRows(db: Db, caller: AccountCaller, page: EventPage): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.stream_id, e.number, e.at, e.kind, e.actor_kind, e.actor_id, e.data, e.hash
      from event e
     where ${concerns(caller)} and ${inStream(page.streamId)} and ${isBefore(page.before)}
     order by e.at desc, e.stream_id desc, e.number desc
     limit ${page.limit + 1}
  `.execute(db);
  return rows;
}

/**
 * Staff reads all; an agent its partner's customers; owner and administrators their team; a licence manager the
 * licences' part of it; everybody what he did himself and what was done to him.
 */
function concerns({ accountId, email }: AccountCaller): RawBuilder<boolean> {
  return sql`(
    e.actor_id = ${accountId}
    or exists (select from staff where staff.email = ${email})
    or e.stream_id in (select c.id from agent a join customer c on c.partner_id = a.partner_id where a.email = ${email})
    or exists (
      select from member m
       where m.team_id = e.stream_id and m.account_id = ${accountId} and m.state = 'accepted'
         and (m.role in ('owner', 'administrator')
              or (m.role = 'licenceManager' and e.kind = any (${[...licenceEventKinds]}))
              or m.id in (e.data->>'memberId', e.data->>'before', e.data->>'after')))
  )`;
}

const inStream = (streamId: string | undefined): RawBuilder<boolean> =>
  streamId === undefined ? sql`true` : sql`e.stream_id = ${streamId}`;

const isBefore = (position: EventPosition | undefined): RawBuilder<boolean> =>
  position === undefined
    ? sql`true`
    : sql`(e.at, e.stream_id, e.number) < (${position.at}, ${position.streamId}, ${position.number}::bigint)`;

/** The names that things have today, by their ids. Erased ones have none any more. */
export async function listNames(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const list = sql`(select unnest(${[...ids]}::text[]))`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from account where id in ${list}
    union all
    select m.id, coalesce(a.name, m.name) from member m left join account a on a.id = m.account_id where m.id in ${list}
    union all select id, name from product where id in ${list}
    union all select id, name from team where id in ${list}
    union all select id, name from customer where id in ${list}
    union all select id, name from partner where id in ${list}
    union all select id, name from application where id in ${list}
    union all select id, number from offer where id in ${list}
    union all select id, number from "order" where id in ${list}
    union all select id, number::text from licence where id in ${list}
  `.execute(db);
  return rows;
}
