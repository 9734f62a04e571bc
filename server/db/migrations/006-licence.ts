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
    create index licence_by_team on licence (team_id);

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
    create index holding_by_member on holding (member_id, given_at desc);

    create function licence_wire(l licence) returns jsonb language sql stable as $$
      select jsonb_build_object('id', l.id, 'number', l.number, 'productId', l.product_id,
        'subscriptionId', l.subscription_id, 'state', l.state, 'memberId', l.member_id,
        'since', case when l.since is not null then iso_moment(l.since) end)
    $$;

    -- The role of an accepted member, judged under the team's lock; null for everybody else.
    create function role_in_team(p_team text, p_account text) returns text language sql stable as $$
      select role from member where team_id = p_team and account_id = p_account and state = 'accepted'
    $$;

    -- Puts a licence into a member's hand and writes the holding; a member still invited gets a reservation.
    create function put_licence(
      p_licence text, p_member member, p_at timestamptz, p_actor text, p_holding text
    ) returns licence language plpgsql as $$
    declare
      v_licence licence;
    begin
      update licence
         set state = case p_member.state when 'accepted' then 'held' else 'reserved' end,
             member_id = p_member.id, since = p_at
       where id = p_licence
      returning * into v_licence;
      if v_licence.state = 'held' then
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        values (p_holding, v_licence.id, v_licence.team_id, p_member.id, p_at, p_actor);
      end if;
      return v_licence;
    end $$;

    -- Each command is one transaction in one round trip. It locks the team's stream first, so that everything it
    -- then reads is what the team's last change left, and answers either {refusal} or {response, accounts}.
    create function give_licence(
      p_team text, p_product text, p_member text, p_actor text, p_roles text[], p_at timestamptz, p_today date,
      p_holding text, p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v_role text; v_member member; v_licence licence; v_free text; v_revision bigint; v_earlier jsonb; v_response jsonb;
    begin
      if p_key is not null then
        v_earlier := begin_request(p_actor, p_key, p_request_hash);
        if v_earlier->>'state' <> 'new' then return v_earlier; end if;
      end if;
      perform 1 from stream where id = p_team for no key update;
      v_role := role_in_team(p_team, p_actor);
      if v_role is null then return '{"refusal": "notFound"}'; end if;
      if not v_role = any (p_roles) then return '{"refusal": "forbidden"}'; end if;

      select * into v_member from member where id = p_member and team_id = p_team and state <> 'removed';
      if not found then return '{"refusal": "memberUnknown"}'; end if;
      if exists (select from licence where member_id = p_member and product_id = p_product and usable) then
        return '{"refusal": "alreadyHolds"}';
      end if;

      select f.id into v_free
        from subscription s
        cross join lateral (
          select l.id from licence l
           where l.subscription_id = s.id and l.state = 'free' and l.usable order by l.number limit 1) f
       where s.team_id = p_team and s.product_id = p_product and s.state = 'active'
         and s.starts_on <= p_today and s.ends_on + s.grace_days >= p_today
       order by s.ends_on desc, s.id
       limit 1;
      if not found then
        if exists (select from subscription s where s.team_id = p_team and s.product_id = p_product
                   and s.state = 'active' and s.ends_on + s.grace_days >= p_today) then
          return '{"refusal": "licencesExhausted"}';
        end if;
        return '{"refusal": "noSubscription"}';
      end if;

      v_licence := put_licence(v_free, v_member, p_at, p_actor, p_holding);
      v_revision := append_event(p_team, p_at,
        case v_licence.state when 'held' then 'licenceGiven' else 'licenceReserved' end, 'account', p_actor,
        jsonb_build_object('licenceId', v_licence.id, 'productId', p_product, 'memberId', p_member) ||
        case v_licence.state
          when 'held' then jsonb_build_object('holdingId', p_holding, 'wasReserved', false)
          else jsonb_build_object('endsOn', v_member.invitation_ends_on)
        end);
      v_response := jsonb_build_object('licence', licence_wire(v_licence), 'revision', v_revision);
      if p_key is not null then
        insert into idempotency_key values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_member.account_id));
    end $$;

    create function take_licence(
      p_team text, p_licence text, p_member text, p_actor text, p_roles text[], p_at timestamptz,
      p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v_role text; v_before licence; v_licence licence; v_revision bigint; v_account text; v_holding text;
      v_earlier jsonb; v_response jsonb;
    begin
      if p_key is not null then
        v_earlier := begin_request(p_actor, p_key, p_request_hash);
        if v_earlier->>'state' <> 'new' then return v_earlier; end if;
      end if;
      perform 1 from stream where id = p_team for no key update;
      v_role := role_in_team(p_team, p_actor);
      if v_role is null then return '{"refusal": "notFound"}'; end if;
      if not v_role = any (p_roles) then return '{"refusal": "forbidden"}'; end if;

      select * into v_before from licence where id = p_licence and team_id = p_team;
      if not found then return '{"refusal": "notFound"}'; end if;
      if v_before.state = 'free' then return '{"refusal": "licenceNotHeld"}'; end if;
      if v_before.member_id <> p_member then return '{"refusal": "holderChanged"}'; end if;

      update licence set state = 'free', member_id = null, since = null where id = p_licence returning * into v_licence;
      update holding set taken_at = greatest(p_at, given_at), taken_by = p_actor
       where licence_id = p_licence and taken_at is null
      returning id into v_holding;
      select account_id into v_account from member where id = p_member;
      v_revision := append_event(p_team, p_at,
        case v_before.state when 'held' then 'licenceTaken' else 'reservationWithdrawn' end, 'account', p_actor,
        jsonb_build_object('licenceId', p_licence, 'productId', v_before.product_id, 'memberId', p_member) ||
        case v_before.state
          when 'held' then jsonb_build_object('holdingId', v_holding, 'because', 'taken')
          else '{}'
        end);
      v_response := jsonb_build_object('licence', licence_wire(v_licence), 'revision', v_revision);
      if p_key is not null then
        insert into idempotency_key values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_account));
    end $$;

    create function move_licence(
      p_team text, p_licence text, p_from text, p_to text, p_actor text, p_roles text[], p_at timestamptz, p_today date,
      p_holding text, p_key text, p_request_hash bytea
    ) returns jsonb language plpgsql as $$
    declare
      v_role text; v_before licence; v_licence licence; v_to member; v_revision bigint; v_account text; v_earlier jsonb;
      v_response jsonb;
    begin
      if p_key is not null then
        v_earlier := begin_request(p_actor, p_key, p_request_hash);
        if v_earlier->>'state' <> 'new' then return v_earlier; end if;
      end if;
      perform 1 from stream where id = p_team for no key update;
      v_role := role_in_team(p_team, p_actor);
      if v_role is null then return '{"refusal": "notFound"}'; end if;
      if not v_role = any (p_roles) then return '{"refusal": "forbidden"}'; end if;

      select * into v_before from licence where id = p_licence and team_id = p_team;
      if not found then return '{"refusal": "notFound"}'; end if;
      if v_before.state = 'free' then return '{"refusal": "licenceNotHeld"}'; end if;
      if v_before.member_id <> p_from then return '{"refusal": "holderChanged"}'; end if;
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

      update holding set taken_at = greatest(p_at, given_at), taken_by = p_actor
       where licence_id = p_licence and taken_at is null;
      v_licence := put_licence(p_licence, v_to, p_at, p_actor, p_holding);
      select account_id into v_account from member where id = p_from;
      v_revision := append_event(p_team, p_at, 'licenceMoved', 'account', p_actor,
        jsonb_build_object('licenceId', p_licence, 'productId', v_before.product_id,
          'before', p_from, 'after', p_to,
          'assignment', case v_licence.state when 'held' then 'holding' else 'reservation' end));
      v_response := jsonb_build_object('licence', licence_wire(v_licence), 'revision', v_revision);
      if p_key is not null then
        insert into idempotency_key values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_account, v_to.account_id));
    end $$;
  `)
    .execute(db);
}
