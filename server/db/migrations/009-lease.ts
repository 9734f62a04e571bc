import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** The keys that sign leases, and the leases that were issued. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The private key is encrypted under the server's key and gone as soon as it signs no more.
    create table signing_key (
      kid          text primary key,
      state        text        not null check (state in ('next', 'current', 'retired', 'revoked')),
      public_x     bytea       not null check (length(public_x) = 32),
      private_box  bytea,
      made_at      timestamptz not null,
      activated_at timestamptz,
      retired_at   timestamptz,
      -- Until then a retired key is published: no lease that it signed lasts longer.
      ends_at      timestamptz,
      constraint signing_key_private_while_it_signs check ((private_box is not null) = (state in ('next', 'current'))),
      constraint signing_key_current_was_activated check (state <> 'current' or activated_at is not null),
      constraint signing_key_retired_ends check (state <> 'retired' or (retired_at is not null and ends_at is not null))
    );
    create unique index signing_key_one_of_each on signing_key (state) where state in ('next', 'current');

    -- What was issued. Written all the time and by one statement that reads what it refers to, so without foreign keys.
    -- Whether a lease is revoked is not written here: it follows from licence, member, token and signing key.
    create table lease (
      number         bigserial primary key,
      id             text        not null,
      account_id     text        not null,
      application_id text        not null,
      token_id       text        not null,
      team_id        text        not null,
      member_id      text        not null,
      product_id     text        not null,
      licence_id     text        not null,
      jkt            text        not null,
      -- SHA-256 over thumbprint and jti of the proof that it was issued for: a proof is taken once.
      proof          bytea       not null constraint lease_one_per_proof unique,
      kid            text        not null,
      issued_at      timestamptz not null,
      expires_at     timestamptz not null,
      check (expires_at > issued_at)
    );
    create index lease_by_account on lease (account_id, team_id);
    create index lease_by_end on lease using brin (expires_at);

    -- Decides and writes what is asked for at one moment, in one statement: each lease stands on one snapshot and is kept
    -- by the same commit. Answers {isKeyCurrent, leases}, a lease for each token in its order, null where none is valid.
    --
    -- Each look-up is a lateral one, which keeps to its index however many are asked for; the plan is made once a
    -- session, for planning takes longer than the work. Rows are written in the order of their proofs, so that two
    -- processes that get the same ones wait for each other in one order.
    create function issue_leases(
      p_id text[], p_token bytea[], p_team text[], p_product text[], p_jkt text[], p_proof bytea[],
      p_now timestamptz, p_today date, p_zone text, p_kid text
    ) returns json language plpgsql set plan_cache_mode = force_generic_plan set jit = off as $$
    declare
      v_decided json;
    begin
      with facts as materialized (
        select a.*, d.token_id, d.account_id, d.application_id, d.email, d.confirmed, p.product_id, p.product_key,
               t.team_name, t.revision, m.member_id, l.licence_id, l.until, l.in_term,
               -- No lease outlives the last usable day, nor 30 days: so long a retired key is published.
               greatest(p_now + interval '1 second',
                 least(p_now + least(p.lease_hours, 720) * interval '1 hour',
                       (l.until + 1)::timestamp at time zone p_zone)) as expires_at
          from unnest(p_id, p_token, p_team, p_product, p_jkt, p_proof)
               with ordinality as a (id, token, team_id, product, jkt, proof, position)
          left join lateral (
            select d.id as token_id, d.account_id, d.application_id, c.email, c.email_verified as confirmed
              from device_token d
              join application o on o.id = d.application_id and not o.retired
              join account c on c.id = d.account_id
             where d.hash = a.token and d.revoked_at is null and d.expires_at > p_now limit 1) d on true
          left join lateral (
            select p.id as product_id, p.key as product_key, p.lease_hours
              from application_product ap join product p on p.id = ap.product_id
             where ap.application_id = d.application_id and (p.id = a.product or p.key = a.product) limit 1) p on true
          left join lateral (
            select t.name as team_name, s.head as revision
              from team t join stream s on s.id = t.id where t.id = a.team_id limit 1) t on true
          left join lateral (
            select m.id as member_id from member m
             where m.team_id = a.team_id and m.account_id = d.account_id and m.state = 'accepted' limit 1) m on true
          left join lateral (
            select l.id as licence_id, s.ends_on + s.grace_days as until, s.ends_on >= p_today as in_term
              from licence l join subscription s on s.id = l.subscription_id
             where l.member_id = m.member_id and l.product_id = p.product_id and l.state = 'held' and l.usable
               and s.ends_on + s.grace_days >= p_today limit 1) l on true
      ), signing as (
        select exists (select from signing_key k where k.kid = p_kid and k.state = 'current') as is_current
      ), written as (
        insert into lease (id, account_id, application_id, token_id, team_id, member_id, product_id, licence_id,
                           jkt, proof, kid, issued_at, expires_at)
        select f.id, f.account_id, f.application_id, f.token_id, f.team_id, f.member_id, f.product_id, f.licence_id,
               f.jkt, f.proof, p_kid, p_now, f.expires_at
          from facts f, signing
         where f.licence_id is not null and f.confirmed and signing.is_current
         order by f.proof
        on conflict on constraint lease_one_per_proof do nothing
        returning lease.id, lease.number
      )
      select json_build_object('isKeyCurrent', (select is_current from signing), 'leases',
        json_agg(case when f.token_id is not null then json_build_object(
          'accountId', f.account_id, 'applicationId', f.application_id, 'productId', f.product_id,
          'productKey', f.product_key, 'teamName', f.team_name, 'revision', f.revision,
          'licenceId', f.licence_id, 'until', f.until, 'isInTerm', f.in_term,
          'expiresAt', extract(epoch from f.expires_at)::bigint, 'number', w.number,
          'refused', case when f.licence_id is null or not f.confirmed then
            lease_facts(f.team_id, f.product_id, f.account_id, f.email, f.confirmed, p_today) end)
        end order by f.position))
        into v_decided
        from facts f left join written w on w.id = f.id;
      return v_decided;
    end $$;

    -- Everything that the reason of a refusal depends on. The member row that counts is the accepted one of the account,
    -- or else what is known of its address.
    create function lease_facts(
      p_team text, p_product text, p_account text, p_email text, p_confirmed boolean, p_today date
    ) returns json language sql stable as $$
      select json_build_object('confirmed', p_confirmed, 'memberState', m.state,
          'licences', (select coalesce(json_agg(json_build_object('licenceId', l.id, 'state', l.state, 'endsOn', s.ends_on,
                                'graceDays', s.grace_days, 'suspendedDays', s.suspended_days)), '[]')
                         from licence l join subscription s on s.id = l.subscription_id
                        where l.member_id = m.id and l.product_id = p_product
                          and (l.usable or s.ends_on + s.grace_days < p_today)),
          'subscriptions', (select coalesce(json_agg(json_build_object('endsOn', s.ends_on, 'graceDays', s.grace_days,
                                     'suspendedDays', s.suspended_days)), '[]')
                              from subscription s where s.team_id = p_team and s.product_id = p_product))
        from (select) one
        left join lateral (
          select id, state from (
            select id, state, 1 as rank from member
             where team_id = p_team and account_id = p_account and state = 'accepted'
            union all
            select id, state, case state when 'invited' then 2 else 3 end
              from member where team_id = p_team and email = p_email and state <> 'accepted') known
           order by rank, id desc limit 1) m on true
    $$;
  `)
    .execute(db);
}
