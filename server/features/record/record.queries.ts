import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { licenceEventKinds } from '../../../domain/event.ts';
import type { Db } from '../../db/database.ts';
import { actsFor, isStaff } from '../../db/sight.ts';
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
  /** Whether the caller has to do with the stream now, and not just had when it did this. */
  readonly isNear: boolean;
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
    select e.stream_id, e.number, e.at, e.kind, e.actor_kind, e.actor_id, e.data, e.hash,
           ${isNear(caller)} as is_near
      from event e
     where ${concerns(caller)} and ${inStream(page.streamId)} and ${isBefore(page.before)}
     order by e.at desc, e.stream_id desc, e.number desc
     limit ${page.limit + 1}
  `.execute(db);
  return rows;
}

/**
 * Staff reads all; an agent its partner's sales; owner and administrators their team; a licence manager the
 * licences' part of it; everybody what he did himself and what was done to him.
 */
function concerns(caller: AccountCaller): RawBuilder<boolean> {
  const { accountId } = caller;
  return sql`(
    e.actor_id = ${accountId}
    or ${isStaff(caller)}
    or (${isOfOwnCustomer(caller)} and not ${isSaleOfOthers(caller)})
    or exists (
      select from member m
       where m.team_id = e.stream_id and m.account_id = ${accountId} and m.state = 'accepted'
         and (m.role in ('owner', 'administrator')
              or (m.role = 'licenceManager' and e.kind = any (${[...licenceEventKinds]}))
              or m.id in (e.data->>'memberId', e.data->>'before', e.data->>'after')))
  )`;
}

const isOfOwnCustomer = (caller: AccountCaller): RawBuilder<boolean> =>
  sql`e.stream_id in (select c.id from customer c where ${actsFor(caller, 'c.partnerId')})`;

/** What another partner sold to a customer before it came to the caller's. */
const isSaleOfOthers = (caller: AccountCaller): RawBuilder<boolean> => sql`
  exists (
    select from offer f
     where (f.id = e.data->>'offerId' or f.id = (select o.offer_id from "order" o where o.id = e.data->>'orderId'))
       and not ${actsFor(caller, 'f.partnerId')})`;

/** Who was in a team or acted for a partner once reads what it did, and not what things are called since. */
const isNear = (caller: AccountCaller): RawBuilder<boolean> => sql`(
  ${isStaff(caller)}
  or ${isOfOwnCustomer(caller)}
  or e.stream_id in (
    select m.team_id from member m where m.account_id = ${caller.accountId} and m.state = 'accepted'))`;

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
