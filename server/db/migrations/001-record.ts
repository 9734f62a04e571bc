import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** The append-only record and the answers kept for repeated requests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- One row a stream. Its lock orders the changes of a team, a customer or the vendor; nothing else does.
    create table stream (
      id            text primary key,
      head          bigint not null default 0,
      head_hash     bytea  not null default decode(repeat('00', 32), 'hex'),
      previous_hash bytea  not null default decode(repeat('00', 32), 'hex')
    ) with (fillfactor = 40);

    create table event (
      stream_id     text        not null,
      number        bigint      not null,
      at            timestamptz not null,
      kind          text        not null,
      actor_kind    text        not null check (actor_kind in ('account', 'application', 'link', 'system')),
      actor_id      text        not null,
      data          jsonb       not null,
      previous_hash bytea       not null,
      hash          bytea       not null,
      primary key (stream_id, number)
    );
    create index event_by_moment on event (at desc, stream_id, number desc);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'events never change' using errcode = 'integrity_constraint_violation';
    end $$;
    create trigger event_never_changes before update or delete on event
      for each row execute function refuse_change();
    create trigger event_never_emptied before truncate on event
      for each statement execute function refuse_change();

    -- The moment as it is hashed and sent: ISO 8601 in UTC with milliseconds. Stable, as to_char is: only so is it
    -- planned into the statements that use it.
    create function iso_moment(at timestamptz) returns text language sql stable parallel safe as $$
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    $$;

    -- The hash of an event, over the text that the domain's chainInput defines. Stable, so that it is planned into
    -- the statements that append.
    create function event_hash(
      stream_id text, number bigint, at timestamptz, kind text, actor_kind text, actor_id text, data jsonb,
      previous_hash bytea
    ) returns bytea language sql stable parallel safe as $$
      select sha256(convert_to(
        stream_id || E'\\n' || number || E'\\n' || iso_moment(at) || E'\\n' || kind || E'\\n' || actor_kind || E'\\n' ||
        actor_id || E'\\n' || data::text || E'\\n' || encode(previous_hash, 'hex'), 'UTF8'))
    $$;

    -- Appends one event and returns its number. The update takes the stream's row lock and holds it until the
    -- transaction ends, so numbers have no gaps and every hash covers its predecessor.
    create function append_event(
      p_stream text, p_at timestamptz, p_kind text, p_actor_kind text, p_actor_id text, p_data jsonb
    ) returns bigint language plpgsql as $$
    declare
      v_number bigint;
    begin
      with s as (
        update stream
           set head = head + 1, previous_hash = head_hash,
               head_hash = event_hash(id, head + 1, p_at, p_kind, p_actor_kind, p_actor_id, p_data, head_hash)
         where id = p_stream
        returning head, previous_hash, head_hash)
      insert into event (stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash)
      select p_stream, head, p_at, p_kind, p_actor_kind, p_actor_id, p_data, previous_hash, head_hash from s
      returning number into v_number;
      if not found then
        raise exception 'there is no stream %', p_stream using errcode = 'foreign_key_violation';
      end if;
      return v_number;
    end $$;

    create table idempotency_key (
      scope        text        not null,
      key          text        not null check (length(key) between 1 and 255),
      request_hash bytea       not null,
      response     jsonb       not null,
      at           timestamptz not null,
      primary key (scope, key)
    );
    -- Written for each change and read once an hour: the cheapest index there is.
    create index idempotency_key_by_moment on idempotency_key using brin (at);

    -- Looks a key up before the work begins. A key whose first request still runs holds the advisory lock.
    create function begin_request(p_scope text, p_key text, p_hash bytea) returns jsonb language plpgsql as $$
    declare
      v_stored idempotency_key;
    begin
      if not pg_try_advisory_xact_lock(hashtextextended(p_scope || ' ' || p_key, 0)) then
        return jsonb_build_object('state', 'running');
      end if;
      select * into v_stored from idempotency_key where scope = p_scope and key = p_key;
      if not found then
        return jsonb_build_object('state', 'new');
      elsif v_stored.request_hash <> p_hash then
        return jsonb_build_object('state', 'reused');
      end if;
      return jsonb_build_object('state', 'done', 'response', v_stored.response);
    end $$;

    insert into stream (id) values ('vendor');
  `)
    .execute(db);
}
