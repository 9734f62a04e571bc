import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * A holding begins no earlier than the one before it ended.
 *
 * The moment of a command is read before the team's lock is waited for, and perhaps by another server's clock, so it can be
 * earlier than what was done meanwhile. Give, take and move are what they were but for that.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- When it last came free: who gets it next has it from then on at the earliest.
    alter table licence add column freed_at timestamptz;

    create or replace function give_licence(
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
        update licence set state = v_state, member_id = p_member, since = greatest(p_at, freed_at)
         where id = v.free returning *),
      h as (
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        select p_holding, v.free, p_team, p_member, l.since, p_actor from l where v_state = 'held'),
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

    create or replace function take_licence(
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

      update licence set state = 'free', member_id = null, since = null, freed_at = greatest(p_at, since)
       where id = p_licence
      returning * into v_licence;
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

    create or replace function move_licence(
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
         set state = case v_to.state when 'accepted' then 'held' else 'reserved' end, member_id = p_to,
             since = greatest(p_at, since)
       where id = p_licence
      returning * into v_licence;
      if v_licence.state = 'held' then
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        values (p_holding, p_licence, p_team, p_to, v_licence.since, p_actor);
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
