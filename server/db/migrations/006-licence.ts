import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Subscriptions, numbered licences with their holders, and the three commands that hand them out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table subscription (
      id             text primary key,
      team_id        text        not null references team,
      product_id     text        not null references product,
      -- An order item is provisioned once, whatever crashes.
      order_item_id  text unique references order_item,
      quantity       int         not null check (quantity > 0),
      starts_on      date        not null,
      ends_on        date        not null check (ends_on >= starts_on),
      grace_days     int         not null,
      suspended_days int         not null,
      state          text        not null check (state in ('active', 'suspended', 'terminated')),
      notified_step  text,
      created_at     timestamptz not null
    );
    create index subscription_by_team on subscription (team_id, product_id, ends_on desc);
    create index subscription_by_end on subscription (ends_on) where state <> 'terminated';

    create table allotment (
      id              text primary key,
      team_id         text   not null references team,
      subscription_id text   not null references subscription,
      kind            text   not null check (kind in ('included', 'bought')),
      quantity        int    not null,
      bytes_each      bigint not null,
      bytes           bigint not null check (bytes = quantity * bytes_each),
      unique (subscription_id, kind)
    );
    create index allotment_by_team on allotment (team_id);

    create table licence (
      id              text primary key,
      team_id         text    not null references team,
      product_id      text    not null references product,
      subscription_id text    not null references subscription,
      number          int     not null check (number > 0),
      state           text    not null default 'free' check (state in ('free', 'held', 'reserved')),
      member_id       text,
      since           timestamptz,
      -- False once the subscription is suspended: then it no longer counts as the member's one licence.
      usable          boolean not null default true,
      member_state    text generated always as
                      (case state when 'held' then 'accepted' when 'reserved' then 'invited' end) stored,
      unique (subscription_id, number),
      constraint licence_state_names_member check ((state = 'free') = (member_id is null)),
      -- A holder is an accepted member of this very team, and somebody who has it reserved an invited one.
      constraint licence_member_of_team foreign key (team_id, member_id, member_state)
        references member (team_id, id, state) deferrable initially immediate
    ) with (fillfactor = 70);
    create unique index licence_one_per_member on licence (member_id, product_id) where member_id is not null and usable;
    create index licence_free on licence (subscription_id, number) where state = 'free';

    create table holding (
      id         text primary key,
      licence_id text        not null references licence,
      team_id    text        not null,
      member_id  text        not null,
      given_at   timestamptz not null,
      given_by   text,
      taken_at   timestamptz,
      taken_by   text,
      check (taken_at is null or taken_at >= given_at)
    );
    create unique index holding_one_open on holding (licence_id) where taken_at is null;

    create function licence_wire(l licence) returns jsonb language sql stable as $$
      select jsonb_build_object('id', l.id, 'number', l.number, 'productId', l.product_id,
        'subscriptionId', l.subscription_id, 'state', l.state, 'memberId', l.member_id,
        'since', case when l.since is not null then iso_moment(l.since) end)
    $$;

    -- The answer that a repeated request got the first time. Whoever asks holds the team's lock, so of two equal
    -- requests at once the second finds what the first left.
    create function earlier_answer(p_scope text, p_key text, p_hash bytea) returns jsonb language plpgsql as $$
    begin
      return (
        select case when request_hash = p_hash then jsonb_build_object('state', 'done', 'response', response)
                    else '{"state": "reused"}' end
          from idempotency_key where scope = p_scope and key = p_key);
    end $$;

    -- Writes the event and keeps the answer for a repeated request: the last step of each command.
    create function finish_command(
      p_licence licence, p_at timestamptz, p_kind text, p_actor text, p_data jsonb, p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v_response jsonb;
    begin
      v_response := jsonb_build_object('licence', licence_wire(p_licence),
        'revision', append_event(p_licence.team_id, p_at, p_kind, 'account', p_actor, p_data));
      if p_key is not null then
        insert into idempotency_key (scope, key, request_hash, response, at)
        values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return v_response;
    end $$;

    -- Each command is one transaction in one round trip. It locks the team's stream first, so that everything it
    -- then reads is what the team's last change left, and answers {refusal}, an earlier answer, or
    -- {response, accounts}: whose entitlement may have changed.
    create function give_licence(
      p_team text, p_product text, p_member text, p_actor text, p_roles text[], p_at timestamptz, p_today date,
      p_holding text, p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v record; v_state text; v_kind text; v_data jsonb; v_earlier jsonb; v_response jsonb;
    begin
      perform 1 from stream where id = p_team for no key update;
      if p_key is not null then
        v_earlier := earlier_answer(p_actor, p_key, p_request_hash);
        if v_earlier is not null then return v_earlier; end if;
      end if;
      select a.role, m.state, m.account_id, m.invitation_ends_on, f.id as free,
             exists (select from licence l where l.member_id = m.id and l.product_id = p_product and l.usable) as holds
        into v
        from member a
        left join member m on m.id = p_member and m.team_id = p_team and m.state <> 'removed'
        left join lateral (
          select n.id
            from subscription s
            cross join lateral (
              select l.id from licence l
               where l.subscription_id = s.id and l.state = 'free' and l.usable order by l.number limit 1) n
           where s.team_id = p_team and s.product_id = p_product and s.state = 'active'
             and s.ends_on + s.grace_days >= p_today
           order by s.ends_on desc, s.id
           limit 1) f on true
       where a.team_id = p_team and a.account_id = p_actor and a.state = 'accepted';
      if not found then return '{"refusal": "notFound"}'; end if;
      if not v.role = any (p_roles) then return '{"refusal": "forbidden"}'; end if;
      if v.state is null then return '{"refusal": "memberUnknown"}'; end if;
      if v.holds then return '{"refusal": "alreadyHolds"}'; end if;
      if v.free is null then return no_free_licence(p_team, p_product, p_today); end if;

      v_state := case v.state when 'accepted' then 'held' else 'reserved' end;
      v_kind := case v.state when 'accepted' then 'licenceGiven' else 'licenceReserved' end;
      v_data := jsonb_build_object('licenceId', v.free, 'productId', p_product, 'memberId', p_member) ||
        case v_state when 'held' then jsonb_build_object('holdingId', p_holding, 'wasReserved', false)
                     else jsonb_build_object('endsOn', v.invitation_ends_on) end;
      -- All that the gift writes, in one statement: each further one would lengthen the lock on the team.
      with l as (
        update licence set state = v_state, member_id = p_member, since = p_at where id = v.free returning *),
      h as (
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        select p_holding, v.free, p_team, p_member, p_at, p_actor where v_state = 'held'),
      s as (
        update stream
           set head = head + 1, previous_hash = head_hash,
               head_hash = event_hash(id, head + 1, p_at, v_kind, 'account', p_actor, v_data, head_hash)
         where id = p_team
        returning head, previous_hash, head_hash),
      e as (
        insert into event (stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash)
        select p_team, head, p_at, v_kind, 'account', p_actor, v_data, previous_hash, head_hash from s)
      select jsonb_build_object('licence', licence_wire(l), 'revision', s.head) into v_response from l, s;
      if p_key is not null then
        insert into idempotency_key (scope, key, request_hash, response, at)
        values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v.account_id));
    end $$;

    -- Why no licence is free: all are taken, or the team has no subscription that works.
    create function no_free_licence(p_team text, p_product text, p_today date) returns jsonb language sql stable as $$
      select case when exists (select from subscription s where s.team_id = p_team and s.product_id = p_product
                               and s.state = 'active' and s.ends_on + s.grace_days >= p_today)
             then '{"refusal": "licencesExhausted"}'::jsonb else '{"refusal": "noSubscription"}'::jsonb end
    $$;

    -- What take and move begin with: the licence as the caller saw it, or the refusal.
    create function find_taken(
      p_team text, p_licence text, p_member text, p_actor text, p_roles text[], out v_before licence, out v_refusal text
    ) language plpgsql as $$
    declare
      v_role text;
    begin
      select role into v_role from member where team_id = p_team and account_id = p_actor and state = 'accepted';
      select * into v_before from licence where id = p_licence and team_id = p_team;
      v_refusal := case
        when v_role is null then 'notFound'
        when not v_role = any (p_roles) then 'forbidden'
        when v_before.id is null then 'notFound'
        when v_before.state = 'free' then 'licenceNotHeld'
        when v_before.member_id <> p_member then 'holderChanged'
      end;
    end $$;

    -- Closes the open holding of a licence, if it was held.
    create function close_holding(p_licence text, p_at timestamptz, p_actor text) returns text language plpgsql as $$
    declare
      v_holding text;
    begin
      update holding set taken_at = greatest(p_at, given_at), taken_by = p_actor
       where licence_id = p_licence and taken_at is null
      returning id into v_holding;
      return v_holding;
    end $$;

    create function take_licence(
      p_team text, p_licence text, p_member text, p_actor text, p_roles text[], p_at timestamptz,
      p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v record; v_licence licence; v_account text; v_holding text; v_earlier jsonb; v_data jsonb; v_response jsonb;
    begin
      perform 1 from stream where id = p_team for no key update;
      if p_key is not null then
        v_earlier := earlier_answer(p_actor, p_key, p_request_hash);
        if v_earlier is not null then return v_earlier; end if;
      end if;
      select * into v from find_taken(p_team, p_licence, p_member, p_actor, p_roles);
      if v.v_refusal is not null then return jsonb_build_object('refusal', v.v_refusal); end if;

      update licence set state = 'free', member_id = null, since = null where id = p_licence returning * into v_licence;
      v_holding := close_holding(p_licence, p_at, p_actor);
      select account_id into v_account from member where id = p_member;
      v_data := jsonb_build_object('licenceId', p_licence, 'productId', v_licence.product_id, 'memberId', p_member);
      if v_holding is null then
        v_response := finish_command(v_licence, p_at, 'reservationWithdrawn', p_actor, v_data, p_key, p_request_hash);
      else
        v_response := finish_command(v_licence, p_at, 'licenceTaken', p_actor,
          v_data || jsonb_build_object('holdingId', v_holding, 'because', 'taken'), p_key, p_request_hash);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_account));
    end $$;

    create function move_licence(
      p_team text, p_licence text, p_from text, p_to text, p_actor text, p_roles text[], p_at timestamptz, p_today date,
      p_holding text, p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v record; v_before licence; v_licence licence; v_to member; v_account text; v_earlier jsonb; v_response jsonb;
    begin
      perform 1 from stream where id = p_team for no key update;
      if p_key is not null then
        v_earlier := earlier_answer(p_actor, p_key, p_request_hash);
        if v_earlier is not null then return v_earlier; end if;
      end if;
      select * into v from find_taken(p_team, p_licence, p_from, p_actor, p_roles);
      if v.v_refusal is not null then return jsonb_build_object('refusal', v.v_refusal); end if;
      v_before := v.v_before;
      if p_from = p_to then return '{"refusal": "sameMember"}'; end if;
      select * into v_to from member where id = p_to and team_id = p_team and state <> 'removed';
      if not found then return '{"refusal": "memberUnknown"}'; end if;
      if exists (select from licence where member_id = p_to and product_id = v_before.product_id and usable) then
        return '{"refusal": "alreadyHolds"}';
      end if;
      if not exists (select from subscription s where s.id = v_before.subscription_id and s.state = 'active'
                     and s.ends_on + s.grace_days >= p_today) then
        return '{"refusal": "noSubscription"}';
      end if;

      perform close_holding(p_licence, p_at, p_actor);
      update licence
         set state = case v_to.state when 'accepted' then 'held' else 'reserved' end, member_id = p_to, since = p_at
       where id = p_licence
      returning * into v_licence;
      if v_licence.state = 'held' then
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        values (p_holding, p_licence, p_team, p_to, p_at, p_actor);
      end if;
      select account_id into v_account from member where id = p_from;
      v_response := finish_command(v_licence, p_at, 'licenceMoved', p_actor,
        jsonb_build_object('licenceId', p_licence, 'productId', v_before.product_id, 'before', p_from, 'after', p_to,
          'assignment', case v_licence.state when 'held' then 'holding' else 'reservation' end), p_key, p_request_hash);
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_account, v_to.account_id));
    end $$;
  `)
    .execute(db);
}
